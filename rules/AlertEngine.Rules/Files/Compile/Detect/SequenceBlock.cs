using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Cel.Syntax;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Sequence;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>sequence</c>: every step has its own source and key, and sees the steps before it.</summary>
internal sealed class SequenceBlock
{
    private readonly DetectBlock _block;
    private readonly RuleContext _rule;
    private readonly KeyPlan? _ruleKey;
    private readonly List<KeyedSource?> _stepSources = [];
    private readonly List<KeyedSource?> _asofSources = [];
    private Expressions _steps;

    private SequenceBlock(DetectBlock block)
    {
        _block = block;
        _rule = block.Rule;
        _steps = _rule.Names;
        _ruleKey = KeyPlan.Read(_rule, _rule.Node, _rule.Names.WithEvent(_rule.Block.Types), KeyPlan.Device);
    }

    public static DetectPlan? Compile(DetectBlock block) => new SequenceBlock(block).Compile();

    private DetectPlan? Compile()
    {
        if (_rule.Block.Sources[_rule.Node].Node is { } misplaced)
            _rule.Report(FileCodes.SourceMisplaced, misplaced, "the steps of a sequence have sources of their own");
        YamlMapping[] blocks = [.. _block.Node.Maps("steps")];
        bool isFine = CheckNegations(blocks);
        ImmutableArray<SequenceStep?> steps = [.. blocks.Select(Step)];
        YamlMapping? untilBlock = _block.Node.Map("until");
        KeyedSource? untilSource = untilBlock is null ? null : Source(untilBlock);
        CheckKeys(blocks, untilBlock);
        SequenceUntil? until = untilBlock is null ? null : Until(untilBlock);
        IEnumerable<KeyedSource?> sources = [.. _stepSources, .. untilBlock is null ? [] : new[] { untilSource }, .. _asofSources];
        if (_block.Span("within") is not { } within || !isFine || steps.Length == 0 || steps.Contains(null) || sources.Contains(null) || (untilBlock is not null && until is null))
            return null;
        SequenceOptions options = new(within, [.. steps.OfType<SequenceStep>()])
        {
            Until = until,
            Overlap = _block.Node.Bool("overlap") ?? false,
            Quiet = _block.Span("quiet"),
        };
        if (!_block.IsFine("quiet", options.Quiet))
            return null;
        return new DetectPlan(new SequenceDetector(options), [.. sources.OfType<KeyedSource>()], _steps.WithEvent(_rule.Block.Types), _block.Conditions);
    }

    // Keys of different length are never the same, and the sequence would never be completed.
    private void CheckKeys(YamlMapping[] steps, YamlMapping? until)
    {
        int? wanted = _ruleKey?.Parts.Length;
        foreach (YamlMapping block in until is null ? steps : [.. steps, until])
        {
            int parts = block.Find("key") is null ? _ruleKey?.Parts.Length ?? 1 : block.Scalars("key").Count();
            wanted = ReferenceEquals(block, steps[0]) ? parts : wanted;
            if (parts != wanted)
                _rule.Report(FileCodes.KeysDiffer, block.Find("key") ?? block, $"a key of {Parts(parts)}; the first step's has {Parts(wanted ?? 1)}");
        }
    }

    private static string Parts(int count) => count == 1 ? "1 part" : $"{count} parts";

    private bool CheckNegations(YamlMapping[] steps)
    {
        int errors = _rule.Diagnostics.ErrorCount;
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int i = 0; i < steps.Length; i++)
        {
            bool isNot = steps[i].Bool("not") == true;
            bool isLast = i == steps.Length - 1;
            if (steps[i].Scalar("as") is { } name && !names.Add(name.Value))
                _rule.Report(FileCodes.Duplicate, name, $"two steps are called '{name.Value}'");
            if (isNot && i == 0)
                _rule.Report(FileCodes.NegatedFirst, steps[i].Entry("not")!.Key, "the first step cannot be negated");
            else if (isNot && steps[i - 1].Bool("not") == true)
                _rule.Report(FileCodes.NegatedFirst, steps[i].Entry("not")!.Key, "two negated steps stand side by side; write them as one");
            else if (isNot && isLast && steps[i].Find("for") is null)
                _rule.Report(FileCodes.NegatedFirst, steps[i].Entry("not")!.Key, "a negated last step needs 'for'");
            else if (!(isNot && isLast) && steps[i].Entry("for") is { } wait)
                _rule.Report(FileCodes.NegatedFirst, wait.Key, "'for' belongs to a negated last step only");
        }

        return _rule.Diagnostics.ErrorCount == errors;
    }

    // A step whose name the language uses would hide that name from all later expressions.
    private void CheckName(YamlMapping block)
    {
        if (block.Scalar("as") is { } name && (RuleNames.Reserved.Contains(name.Value) || CelReserved.Words.Contains(name.Value)))
            _rule.Report(FileCodes.ReservedName, name, $"a step cannot be called '{name.Value}'");
    }

    private SequenceStep? Step(YamlMapping block, int index)
    {
        CheckName(block);
        ImmutableArray<string> types = _rule.Block.Sources[block].Types;
        CelRecordType events = _rule.Layouts.RecordOf(types);
        _stepSources.Add(Source(block));
        (YamlEntry Entry, CelExpression? Value)[] asofs = [.. block.Entries("asof").Select(entry => (entry, Asof(block, entry)))];
        CelExpression? when = _steps.WithEvent(types).Compile(block.Scalar("when"), CelType.Bool);
        if (block.Text("as") is not { } name || asofs.Any(asof => asof.Value is null) || (when is null && block.Find("when") is not null))
            return null;
        if (when is not null)
            _block.Note($"sequence.{name}", when);
        CelRecordType record = SequenceNames.ForStep(name, index, events, [.. asofs.Select(asof => (asof.Entry.Key.Value, asof.Value!.Type))]);
        _steps = _steps.WithEvents(name, record, types);
        return new SequenceStep(name, events.SlotCount + asofs.Length)
        {
            When = when?.ToCondition(),
            IsNot = block.Bool("not") ?? false,
            For = _block.Span(block, "for") ?? default,
            Asofs = [.. asofs.Select((asof, place) => new SequenceAsof(asof.Entry.Key.Value, asof.Value!.ToFunction(), MaxAge(asof.Entry), events.SlotCount + place))],
        };
    }

    private CelExpression? Asof(YamlMapping step, YamlEntry entry)
    {
        if (entry.Value is not YamlMapping block)
            return null;
        if (_rule.Layouts.RecordOf(_rule.Block.Sources[step].Types).Find(entry.Key.Value) is not null)
        {
            _rule.Report(FileCodes.ReservedName, entry.Key, $"the step's event has a field '{entry.Key.Value}' already");
            return null;
        }

        Expressions names = _rule.Names.WithEvent(_rule.Block.Sources[block].Types);
        KeyPlan? otherwise = KeyPlan.Read(_rule, step, _rule.Names.WithEvent(_rule.Block.Sources[step].Types), _ruleKey);
        KeyPlan? key = KeyPlan.Read(_rule, block, names, otherwise);
        _asofSources.Add(key is null ? null : new KeyedSource(_rule.Block.Sources[block].Selector, key));
        CelExpression? value = names.Compile(block.Scalar("value"));
        _rule.RefuseSensitive(block.Scalar("value"), value);
        return value;
    }

    private DurationOperand MaxAge(YamlEntry entry) =>
        _block.Span((YamlMapping)entry.Value, "max_age") ?? DurationOperand.Of(NodaTime.Duration.FromTicks(DurationOperand.LimitTicks));

    private SequenceUntil? Until(YamlMapping block)
    {
        CelExpression? when = _steps.WithEvent(_rule.Block.Sources[block].Types).Compile(block.Scalar("when"), CelType.Bool);
        if (when is not null)
            _block.Note("sequence.until", when);
        return when is null && block.Find("when") is not null ? null : new SequenceUntil(when?.ToCondition());
    }

    private KeyedSource? Source(YamlMapping block)
    {
        SourceBlock source = _rule.Block.Sources[block];
        return KeyPlan.Read(_rule, block, _rule.Names.WithEvent(source.Types), _ruleKey) is { } key ? new KeyedSource(source.Selector, key) : null;
    }
}
