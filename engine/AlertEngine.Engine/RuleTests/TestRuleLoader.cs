using System.Collections.Immutable;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Tests;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>Loads the rules and the city that a test file names, with its fixtures laid over the registry. Names are relative to the test file.</summary>
internal sealed class TestRuleLoader(ISourceFiles files)
{
    /// <summary>The rules, or what is wrong with them.</summary>
    public LoadResult Load(TestFile test, Duration lateness)
    {
        var diagnostics = new DiagnosticBag();
        string folder = Path.GetDirectoryName(test.Source.Name) ?? "";
        ImmutableArray<SourceFile> rules = [.. test.Rules.Select(reference => Read(test, folder, reference, diagnostics)).OfType<SourceFile>()];
        CitySources? city = test.City is { } named ? ReadCity(test, folder, named, diagnostics) : null;
        if (diagnostics.HasErrors)
            return new LoadResult(null, diagnostics.ToOrdered());
        var options = new LoadOptions { DefaultLateness = lateness, Devices = test.Devices, Places = test.Places };
        return RuleLoader.Load(new RuleSources { Rules = UsedPacks.AddTo(rules, files), City = city }, options);
    }

    private SourceFile? Read(TestFile test, string folder, TestReference reference, DiagnosticBag diagnostics)
    {
        SourceFile? file = files.Read(Path.Combine(folder, reference.Path));
        if (file is null)
            test.ReportMissing(reference, diagnostics);
        return file;
    }

    private CitySources? ReadCity(TestFile test, string folder, TestReference reference, DiagnosticBag diagnostics)
    {
        CitySources? city = CitySources.Read(Path.Combine(folder, reference.Path), files);
        if (city is null)
            test.ReportMissing(reference, diagnostics);
        return city;
    }
}
