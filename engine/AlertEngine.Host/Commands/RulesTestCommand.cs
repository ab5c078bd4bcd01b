using System.Collections.Immutable;
using System.CommandLine;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules test</c>: runs the test files that stand beside rules.</summary>
internal static class RulesTestCommand
{
    private sealed record Options(ImmutableArray<string> Paths, string Format, string? JUnitFile, bool IsChinese);

    public static Command Create(Words words)
    {
        var paths = new Argument<string[]>("PATH") { Description = words.Of("测试文件，或文件夹：其中所有 *.test.yaml", "Test files, or folders: every *.test.yaml in them."), Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = words.Of("结果的格式", "How the results are written."), DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var junit = new Option<string?>("--junit") { Description = words.Of("同时把结果写成 JUnit 的 XML 文件", "Also writes the results as JUnit's XML to this file."), HelpName = "FILE" };
        var watch = new Option<bool>("--watch") { Description = words.Of("测试旁的 YAML 文件一有改动就重新运行，直到中断", "Runs again whenever a YAML file beside the tests changes, until interrupted.") };
        var command = new Command("test",
            words.OfCommand("在生产求值器上以虚拟时钟运行规则测试。", "Runs tests of rules on the production evaluator with a virtual clock.",
                "rules test rules/packs", "rules test water.test.yaml --junit results.xml", "rules test rules/packs --watch"))
        { paths, format, junit, watch, SharedOptions.Language };
        command.SetAction(async (parsed, stop) =>
        {
            var options = new Options([.. parsed.GetValue(paths)!], parsed.GetValue(format)!, parsed.GetValue(junit), Words.From(parsed.GetValue(SharedOptions.Language)).IsChinese);
            return parsed.GetValue(watch) ? await Watch(options, stop) : RunOnce(options);
        });
        return command;
    }

    private static int RunOnce(Options options)
    {
        RuleFileReader reader = new();
        ImmutableArray<SourceFile> files = reader.ReadTests(options.Paths);
        if (DiagnosticOutput.TellProblems(reader, files.IsEmpty ? "没有测试文件 / no test files" : null, Console.Error))
            return ExitCodes.Usage;
        RuleTestReport report = Run(files, reader);
        Console.Out.Write(options.Format switch
        {
            "json" => JsonReport.Render(report),
            "sarif" => SarifReport.Render(report),
            _ => TextReport.Render(report, options.IsChinese),
        });
        if (options.JUnitFile is not null && !TryWrite(options.JUnitFile, JUnitReport.Render(report)))
            return ExitCodes.Usage;
        return report.Failed == 0 ? ExitCodes.Done : ExitCodes.Findings;
    }

    private static RuleTestReport Run(ImmutableArray<SourceFile> files, RuleFileReader reader)
    {
        using var progress = new FileProgress(files.Length, TimeProvider.System);
        return new RuleTestRunner(reader).Run(files, _ => progress.Advance());
    }

    private static bool TryWrite(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Console.Error.WriteLine($"--junit {path}: {fault.Message}");
            return false;
        }
    }

    private static async Task<int> Watch(Options options, CancellationToken stop)
    {
        // Watched before the first run: what is saved while it runs is not missed.
        using var changes = new YamlChanges([.. RuleFileReader.FoldersOf(options.Paths).Where(Directory.Exists)]);
        if (RunOnce(options) is ExitCodes.Usage and var refused)
            return refused;
        while (await changes.NextAsync(stop))
            RunOnce(options);
        return ExitCodes.Interrupted;
    }
}
