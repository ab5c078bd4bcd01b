using System.Collections.Immutable;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Tests;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>Loads the rules and the city that a test file names, with its fixtures laid over the registry. Names are relative to the test file.</summary>
internal sealed class TestRuleLoader(ITestFiles files)
{
    /// <summary>The rules, or what is wrong with them.</summary>
    public LoadResult Load(TestFile test, Duration lateness)
    {
        var diagnostics = new DiagnosticBag();
        string folder = Path.GetDirectoryName(test.Source.Name) ?? "";
        ImmutableArray<SourceFile> rules = [.. test.Rules.Select(reference => Read(test, folder, reference, diagnostics)).OfType<SourceFile>()];
        CitySources? city = test.City is { } named && Read(test, folder, named, diagnostics) is { } file ? CityOf(file) : null;
        if (diagnostics.HasErrors)
            return new LoadResult(null, diagnostics.ToOrdered());
        var options = new LoadOptions { DefaultLateness = lateness, Devices = test.Devices, Places = test.Places };
        return RuleLoader.Load(new RuleSources { Rules = new UsedPacks(files).Complete(rules), City = city }, options);
    }

    private SourceFile? Read(TestFile test, string folder, TestReference reference, DiagnosticBag diagnostics)
    {
        string path = Path.Combine(folder, reference.Path);
        if (files.Read(path) is { } text)
            return new SourceFile(path, text);
        test.ReportMissing(reference, diagnostics);
        return null;
    }

    private CitySources CityOf(SourceFile city)
    {
        string folder = Path.GetDirectoryName(city.Name) ?? "";
        var companions = ImmutableDictionary.CreateBuilder<string, SourceFile>(StringComparer.Ordinal);
        foreach (string name in CityLoader.CompanionsOf(city))
        {
            if (files.Read(Path.Combine(folder, name)) is { } text)
                companions[name] = new SourceFile(name, text);
        }

        return new CitySources(city) { Companions = companions.ToImmutable(), Folder = folder };
    }
}
