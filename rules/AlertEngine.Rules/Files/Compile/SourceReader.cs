using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads the sources of a rule: its own and those of its detector's parts.</summary>
internal sealed class SourceReader(PackTable packs, CityModel city, DiagnosticBag diagnostics)
{
    // One bit of a mask each.
    private const int SourcesPerRule = 32;

    public RuleBlock Read(RuleFile file, Pack pack, YamlMapping rule, YamlScalar id)
    {
        var sources = ImmutableDictionary.CreateBuilder<YamlMapping, SourceBlock>();
        bool hasUnknown = false;
        foreach (YamlMapping holder in HoldersOf(rule))
            sources[holder] = ReadSource(file, pack, rule, holder.Map("source"), ref hasUnknown);
        if (sources.Count > SourcesPerRule)
            diagnostics.Report(FileCodes.TooManySources, file.Source, ShapeChecker.HeadOf(rule.Map("detect")!), $"{sources.Count} sources; a rule has at most {SourcesPerRule}");
        return new RuleBlock(file, pack, rule, id) { Sources = sources.ToImmutable(), IsReadable = !hasUnknown && sources.Count <= SourcesPerRule };
    }

    // The parts of a detector that have sources of their own, in the order in which detectors number them.
    private static IEnumerable<YamlMapping> HoldersOf(YamlMapping rule)
    {
        yield return rule;
        YamlMapping? detect = rule.Map("detect");
        foreach (YamlEntry member in detect?.Map("correlate")?.Entries("any_of") ?? [])
        {
            if (member.Value is YamlMapping block)
                yield return block;
        }

        if (detect?.Map("sequence") is not { } sequence)
            yield break;
        foreach (YamlMapping step in sequence.Maps("steps"))
        {
            yield return step;
            foreach (YamlMapping value in step.Entries("asof").Select(entry => entry.Value).OfType<YamlMapping>())
                yield return value;
        }

        if (sequence.Map("until") is { } until)
            yield return until;
    }

    private SourceBlock ReadSource(RuleFile file, Pack pack, YamlMapping rule, YamlMapping? node, ref bool hasUnknown)
    {
        if (node is null)
            return new SourceBlock(null, SourceSelector.Any, []);
        ImmutableArray<string>.Builder types = ImmutableArray.CreateBuilder<string>();
        foreach (YamlScalar type in node.Scalars("type"))
        {
            if (IsDeclared(file, pack, type))
                types.Add(type.Value);
            else
                hasUnknown = true;
        }

        if (node.Find("alert") is not null)
            types.Add(AlertEvent.Type);
        CheckDistricts(file, node);
        CheckAlerts(file, rule, node);
        SourceSelector selector = new(Values(node, "type"), Values(node, "device"), Values(node, "district"), Values(node, "street"), Values(node, "source"), Values(node, "alert"));
        return new SourceBlock(node, selector, types.DrainToImmutable());
    }

    private bool IsDeclared(RuleFile file, Pack pack, YamlScalar type)
    {
        if (pack.Find(visible => visible.Events, type.Value) is not null)
            return true;
        if (packs.EventTypes.TryGetValue(type.Value, out Definition? elsewhere))
        {
            diagnostics.Report(FileCodes.UnknownEventType, file.Source, type.Span, $"'{type.Value}' is declared by pack '{elsewhere.Pack.Name}', which is not used here",
                ($"加上 use: [{elsewhere.Pack.Name}]", $"add use: [{elsewhere.Pack.Name}]"));
            return false;
        }

        diagnostics.ReportNear(FileCodes.UnknownEventType, file.Source, type.Span, $"no event type '{type.Value}'", Suggestion.Nearest(type.Value, pack.All(visible => visible.Events).Select(definition => definition.Key.Value)));
        return false;
    }

    private void CheckDistricts(RuleFile file, YamlMapping node)
    {
        foreach (YamlScalar district in node.Scalars("district"))
        {
            if (city.AcceptsEverything || city.Districts.ContainsKey(district.Value) || district.Value == city.Code)
                continue;
            diagnostics.ReportNear(FileCodes.UnknownDistrict, file.Source, district.Span, $"no district '{district.Value}'", Suggestion.Nearest(district.Value, city.Districts.Keys));
        }
    }

    private void CheckAlerts(RuleFile file, YamlMapping rule, YamlMapping node)
    {
        if (node.Entry("alert") is { } alert && rule.Text("scope") != "city")
            diagnostics.Report(FileCodes.AlertScope, file.Source, alert.Key.Span, "a rule over alerts runs in the city lane", ("加上 scope: city", "add scope: city"));
    }

    private static ImmutableArray<string> Values(YamlMapping node, string key) => [.. node.Scalars(key).Select(scalar => scalar.Value).Distinct(StringComparer.Ordinal)];
}
