using System.Collections.Immutable;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>An override as it stands in a file.</summary>
internal sealed record OverrideBlock(RuleFile File, YamlMapping Node)
{
    public ImmutableArray<string> Districts { get; } = Selected(Node, "district");

    public ImmutableArray<string> Devices { get; } = Selected(Node, "device");

    private static ImmutableArray<string> Selected(YamlMapping node, string key) =>
        [.. (node.Map("select")?.Scalars(key) ?? []).Select(scalar => scalar.Value).Distinct(StringComparer.Ordinal)];
}

/// <summary>Reads the overrides of one rule into functions over its variant.</summary>
internal sealed class OverrideReader(RuleContext rule, ExceptionReader exceptions, Expressions names, Func<string, string?> districtOfDevice)
{
    /// <summary>The overrides; faults are reported.</summary>
    public ImmutableArray<RuleOverride> Read(IReadOnlyList<OverrideBlock> blocks)
    {
        CheckOverlaps(blocks);
        return [.. blocks.Select(ReadOne)];
    }

    private RuleOverride ReadOne(OverrideBlock block)
    {
        CheckSelection(block);
        List<Func<RuleVariant, RuleVariant>> changes = [];
        foreach (YamlEntry entry in block.Node.Entries("set"))
        {
            if (new OverrideSetting(rule, exceptions, names, block.File.Source).Read(entry) is { } change)
                changes.Add(change);
        }

        if (block.Node.Map("set") is { Entries: [] } nothing)
            rule.Diagnostics.Report(FileCodes.MissingValue, block.File.Source, nothing.Span, "the override sets nothing");
        return new RuleOverride(block.Districts, block.Devices, LapsesAt(block), Remembered(Combined(changes)));
    }

    private static Func<RuleVariant, RuleVariant> Combined(List<Func<RuleVariant, RuleVariant>> changes) =>
        variant => changes.Aggregate(variant, (former, change) => change(former));

    /// <summary>Asks of the operands what they are worth under each override that sets a parameter.</summary>
    public void CheckOperands(IReadOnlyList<OverrideBlock> blocks, ImmutableArray<RuleOverride> overrides, RuleVariant variant)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Node.Entries("set").FirstOrDefault(entry => entry.Key.Value.StartsWith("params.", StringComparison.Ordinal)) is not { } set)
                continue;
            foreach ((_, OperandFault fault) in rule.Checks.FaultsUnder(overrides[i].Apply(variant).Params))
                rule.Diagnostics.Report(fault.Code, blocks[i].File.Source, set.Key.Span, fault.MessageEn);
        }
    }

    // The engine asks for the variant of every event: the result for a variant is made once and kept. A rule has few of them.
    private static Func<RuleVariant, RuleVariant> Remembered(Func<RuleVariant, RuleVariant> apply)
    {
        System.Runtime.CompilerServices.ConditionalWeakTable<RuleVariant, RuleVariant> known = [];
        return variant => known.GetValue(variant, former => apply(former));
    }

    private long LapsesAt(OverrideBlock block)
    {
        if (block.Node.Date("expires") is not { } last)
        {
            if (block.Node.Find("expires") is null)
                rule.Diagnostics.Report(FileCodes.OverrideEndless, block.File.Source, block.Node.Scalar("rule")!.Span, "no 'expires': the override would stay for ever");
            return long.MaxValue;
        }

        if (rule.Options.Today > last)
            rule.Diagnostics.Report(FileCodes.OverrideExpired, block.File.Source, block.Node.Scalar("expires")!.Span, $"the last day was {block.Node.Text("expires")}");
        return rule.City.Zone.AtStartOfDay(last.PlusDays(1)).ToInstant().ToUnixTimeTicks();
    }

    private void CheckSelection(OverrideBlock block)
    {
        foreach (YamlScalar district in block.Node.Map("select")?.Scalars("district") ?? [])
        {
            if (rule.City.AcceptsEverything || rule.City.Districts.ContainsKey(district.Value))
                continue;
            rule.Diagnostics.ReportNear(FileCodes.UnknownDistrict, block.File.Source, district.Span, $"no district '{district.Value}'", Cel.Suggestion.Nearest(district.Value, rule.City.Districts.Keys));
        }
    }

    private void CheckOverlaps(IReadOnlyList<OverrideBlock> blocks)
    {
        for (int i = 1; i < blocks.Count; i++)
        {
            foreach (YamlEntry entry in blocks[i].Node.Entries("set"))
            {
                OverrideBlock? other = blocks.Take(i).FirstOrDefault(former => former.Node.Map("set")?.Find(entry.Key.Value) is not null && Overlap(former, blocks[i]));
                if (other is not null)
                    rule.Diagnostics.Report(FileCodes.OverrideOverlap, blocks[i].File.Source, entry.Key.Span, $"'{entry.Key.Value}' is set for some of the same events in {PlaceOf(other)}");
            }
        }
    }

    private bool Overlap(OverrideBlock one, OverrideBlock other) =>
        Meet(one.Districts, other.Districts) && Meet(one.Devices, other.Devices)
        && !AllDevicesElsewhere(one.Districts, other.Devices) && !AllDevicesElsewhere(other.Districts, one.Devices);

    private static bool Meet(ImmutableArray<string> one, ImmutableArray<string> other) => one.IsEmpty || other.IsEmpty || one.Any(other.Contains);

    // A device of another district is not selected by both, where the registry says so.
    private bool AllDevicesElsewhere(ImmutableArray<string> districts, ImmutableArray<string> devices) =>
        !districts.IsEmpty && !devices.IsEmpty && devices.All(device => districtOfDevice(device) is { } district && !districts.Contains(district));

    private static string PlaceOf(OverrideBlock block)
    {
        SourceText source = block.File.Source;
        return $"{source.Name}:{source.PositionOf(ShapeChecker.HeadOf(block.Node).Start).Line}";
    }
}
