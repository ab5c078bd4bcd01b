using System.Collections.Immutable;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Host.Configuration;

/// <summary>The rules of a running engine, with what is made of them once. Immutable and thread-safe.</summary>
internal sealed record RuleSetup(RuleSet Rules, RuleIndex Index, DistrictResolver Resolver)
{
    /// <summary>The topics of the units that these rules can reach: those of the city file, and whatever routes and overrides name besides.</summary>
    public ImmutableArray<string> OrderTopics =>
        [.. Rules.City.Units.Values.Select(unit => unit.Topic).Concat(RoutedUnits().Select(unit => Rules.City.FindUnit(unit)?.Topic).OfType<string>()).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads rules and city; null where they have errors, which <paramref name="findings"/> has been told.</summary>
    public static RuleSetup? Load(EngineSettings settings, TextWriter findings)
    {
        RuleFileReader files = new();
        var sources = new RuleSources
        {
            Rules = files.ReadRules(settings.Rules),
            City = settings.City.Length != 0 ? files.ReadCity(settings.City) : null,
        };
        foreach (string problem in files.Problems)
            findings.WriteLine(problem);
        if (!files.Problems.IsEmpty)
            return null;
        LoadResult loaded = RuleLoader.Load(sources, new LoadOptions { DefaultLateness = settings.Lateness, Today = SystemClock.Instance.GetCurrentInstant().InUtc().Date });
        foreach (RuleDiagnostic finding in loaded.Diagnostics)
            findings.WriteLine(TextRenderer.Render(finding));
        return loaded.Rules is { } rules && TryResolver(rules, findings) is { } resolver ? new(rules, new RuleIndex(rules.Rules), resolver) : null;
    }

    private static DistrictResolver? TryResolver(RuleSet rules, TextWriter findings)
    {
        if (rules.City.Polygons is not { } polygons)
            return new DistrictResolver(rules, null);
        OutlineReading reading = DistrictOutlineReader.Read(polygons);
        if (reading.Fault is { } fault)
        {
            findings.WriteLine(fault);
            return null;
        }

        return new DistrictResolver(rules, reading.Outlines);
    }

    private IEnumerable<string> RoutedUnits() =>
        Rules.Rules.SelectMany(rule => rule.Overrides.Select(change => change.Apply(rule.Base)).Append(rule.Base)).SelectMany(variant => variant.Routes).SelectMany(route => route.To);
}
