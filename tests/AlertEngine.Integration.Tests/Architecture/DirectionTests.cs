using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace AlertEngine.Integration.Tests.Architecture;

/// <summary>
/// Goal: references run one way, rules ← engine ← connectors ← host ← benchmarks and tests, and a stage never names a later one.
/// Method: project files and sources are read as text, so that a wrong arrow fails even where nothing calls it yet.
/// </summary>
public sealed partial class DirectionTests
{
    internal static readonly string[] Stages = ["Ingest", "Deduplicate", "Evaluate", "Alerts", "Route", "WorkOrders", "Publish"];

    private static readonly string Root = FindRoot();

    [Fact]
    public void References_run_one_way()
    {
        string[] wrong = [.. Projects().SelectMany(project => References(project).Where(to => Layer(to) > Layer(project)).Select(to => $"{Name(project)} → {Name(to)}"))];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_project_has_its_layer() => Assert.All(Projects(), project => Assert.InRange(Layer(project), 0, 4));

    [Fact]
    public void The_rules_know_no_actor_no_broker_and_no_database()
    {
        string project = Projects().Single(path => Name(path) == "AlertEngine.Rules");
        string[] packages = [.. XDocument.Load(project).Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)];
        Assert.DoesNotContain(packages, name => name.StartsWith("Akka", StringComparison.Ordinal) || name.Contains("Kafka") || name.Contains("Sqlite") || name.Contains("Npgsql"));
    }

    [Fact]
    public void A_stage_never_names_a_later_stage()
    {
        string engine = Path.Combine(Root, "engine", "AlertEngine.Engine");
        string[] wrong = [.. Stages.SelectMany((stage, number) => Sources(Path.Combine(engine, stage)).SelectMany(file => LaterStages(file, number).Select(later => $"{stage}/{Path.GetFileName(file)} → {later}")))];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_stage_has_its_folder() =>
        Assert.All(Stages, stage => Assert.NotEmpty(Sources(Path.Combine(Root, "engine", "AlertEngine.Engine", stage))));

    [Fact]
    public void The_top_level_has_its_five_folders_and_no_others()
    {
        string[] known = ["benchmarks", "connectors", "engine", "rules", "tests"];
        string[] folders = [.. Directory.GetDirectories(Root).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.') && name is not ("out" or "TestResults" or "bin" or "obj")).Order(StringComparer.Ordinal)];
        Assert.Equal(known, folders);
    }

    private static IEnumerable<string> LaterStages(string file, int number) => StageName().Matches(File.ReadAllText(file))
        .Select(match => match.Groups[1].Value)
        .Where(name => name is "Lanes" or "RuleTests" || Array.IndexOf(Stages, name) > number)
        .Distinct();

    private static string[] Projects() => [.. Directory.GetFiles(Root, "*.csproj", SearchOption.AllDirectories).Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value.Replace('\\', '/'))));

    private static int Layer(string project)
    {
        string path = Path.GetRelativePath(Root, project).Replace('\\', '/');
        return path switch
        {
            _ when path.StartsWith("rules/", StringComparison.Ordinal) => 0,
            _ when path.StartsWith("engine/AlertEngine.Engine/", StringComparison.Ordinal) => 1,
            _ when path.StartsWith("connectors/", StringComparison.Ordinal) => 2,
            _ when path.StartsWith("engine/AlertEngine.Host/", StringComparison.Ordinal) => 3,
            _ when path.StartsWith("tests/", StringComparison.Ordinal) || path.StartsWith("benchmarks/", StringComparison.Ordinal) => 4,
            _ => -1,
        };
    }

    private static string[] Sources(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories) : [];

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project);

    private static string FindRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AlertEngine.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("no AlertEngine.sln above the tests");
        return folder;
    }

    [GeneratedRegex(@"AlertEngine\.Engine\.(\w+)")]
    private static partial Regex StageName();
}
