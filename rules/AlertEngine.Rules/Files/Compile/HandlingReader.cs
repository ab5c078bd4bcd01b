using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Compile.Detect;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads what becomes of an alert: de-duplication, merging, grouping, evidence, flapping, flood, stale.</summary>
internal sealed class HandlingReader(RuleContext rule, Expressions names, Expressions routing)
{
    private const int EvidenceKeptByDefault = 10;

    /// <summary>The parts of the dedup key, by default the rule's id and the key; null where something is wrong.</summary>
    public ImmutableArray<CelFunction>? DedupKey(DetectPlan detect)
    {
        YamlScalar[] parts = [.. rule.Node.Map("dedup")?.Scalars("key") ?? []];
        CelValue id = CelValue.Of(rule.Block.Id.Value);
        if (parts.Length == 0)
            return [_ => id, .. Key(detect)];
        ImmutableArray<CelFunction>.Builder key = ImmutableArray.CreateBuilder<CelFunction>();
        bool isFine = true;
        foreach (YamlScalar part in parts)
        {
            if (part.Value == "key")
                key.AddRange(Key(detect));
            else if (names.Compile(part) is { } value)
                key.Add(value.ToFunction());
            else
                isFine = false;
        }

        return isFine ? key.DrainToImmutable() : null;
    }

    public Duration Reopen => rule.Node.Map("dedup")?.Wait("reopen") ?? Duration.Zero;

    public MergePlan? Merge()
    {
        if (rule.Node.Map("dedup")?.Map("merge") is not { } block || block.Number("meters") is not { } meters || block.Wait("time") is not { } time || block.Wait("max_span") is not { } span)
            return null;
        if (span < time)
            rule.Report(FileCodes.OutOfRange, block.Scalar("max_span")!, $"{block.Text("max_span")} is less than 'time', {block.Text("time")}");
        return new MergePlan(meters, time, span);
    }

    public GroupPlan? Group()
    {
        YamlMapping? block = rule.Node.Map("group");
        Expressions scope = routing;
        if (rule.Node.Scalar("group") is { } name)
        {
            if (rule.Block.Pack.Find(pack => pack.Groups, name.Value) is not { } definition)
            {
                rule.ReportUnknown(FileCodes.UnknownGroup, name, "group", rule.Block.Pack.All(pack => pack.Groups).Select(found => found.Key.Value));
                return null;
            }

            block = definition.Block;
            scope = routing.In(definition.File.Source);
        }

        if (block is null)
            return null;
        YamlScalar[] labels = [.. block.Scalars("by")];
        CelExpression?[] by = [.. labels.Select(label => scope.Compile(label))];
        return by.Contains(null) || by.Length == 0 ? null : new GroupPlan(
            [.. by.Select(label => label!.ToFunction())], [.. labels.Select(label => label.Value)],
            block.Wait("wait") ?? Duration.FromSeconds(30), block.Wait("interval") ?? Duration.FromMinutes(10));
    }

    public EvidencePlan? Evidence()
    {
        if (rule.Node.Map("evidence") is not { } block)
            return null;
        ImmutableArray<EvidenceField>.Builder fields = ImmutableArray.CreateBuilder<EvidenceField>();
        foreach (YamlScalar scalar in block.Scalars("fields"))
        {
            if (names.Tolerant().CompileShown(scalar) is { } value)
                fields.Add(new EvidenceField(scalar.Value, value.ToFunction(), names.IsSensitive(value)));
        }

        return new EvidencePlan((int)(block.Integer("keep") ?? EvidenceKeptByDefault), fields.DrainToImmutable());
    }

    public FlappingPlan? Flapping()
    {
        if (rule.Node.Map("flapping") is not { } block || block.Number("low") is not { } low || block.Number("high") is not { } high)
            return null;
        if (low >= high)
            rule.Report(FileCodes.FlappingOrder, block.Scalar("low")!, "'low' must be below 'high'");
        return new FlappingPlan(low, high);
    }

    public FloodPlan? Flood()
    {
        if (rule.Node.Map("flood") is not { } block || block.Integer("budget") is not { } budget || block.Wait("per") is not { } per)
            return null;
        if (per == Duration.Zero)
            rule.Report(FileCodes.DurationOrder, block.Scalar("per")!, "'per' must be longer than nothing");
        return new FloodPlan((int)budget, per);
    }

    public StalePlan? Stale() =>
        rule.Node.Map("stale") is { } block && block.Wait("older_than") is { } age ? new StalePlan(age, block.Text("then") != "dispatch") : null;

    public (string Scheme, string Code)? EventClass() =>
        rule.Node.Map("event_class") is { } block && block.Text("scheme") is { } scheme && block.Text("code") is { } code ? (scheme, code) : null;

    // Where the sources have different keys, the alert's own is asked; the last source's stands in until there is an alert.
    private static IEnumerable<CelFunction> Key(DetectPlan detect)
    {
        ImmutableArray<CelFunction> last = detect.Sources[^1].Key.Parts;
        if (detect.Sources.Length == 1)
            return last;
        return last.Select((part, i) => new CelFunction(frame =>
            i == 0 && frame.Records[FrameRecords.Alert] is { Length: > AlertRecord.Key } alert && alert[AlertRecord.Key].IsPresent ? alert[AlertRecord.Key] : part(frame)));
    }
}
