using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>
/// Reads the keys of one detector's block. A null answer to a required key means that its fault has been reported.
/// </summary>
internal sealed class DetectBlock(RuleContext rule, string kind, YamlMapping node, Expressions names)
{
    private readonly List<RuleCondition> _conditions = [];

    public RuleContext Rule { get; } = rule;

    public YamlMapping Node { get; } = node;

    /// <summary><c>event</c> of the rule's own source, and all that rules see; not the detector's own names.</summary>
    public Expressions Names { get; } = names;

    public ImmutableArray<RuleCondition> Conditions => [.. _conditions];

    /// <summary>A condition, noted under the name people know it by.</summary>
    public CelCondition? Condition(string key, Expressions? over = null) => Condition(Node, key, $"{kind}.{key}", over ?? Names);

    public CelCondition? Condition(YamlMapping block, string key, string name, Expressions over)
    {
        if (over.Compile(block.Scalar(key), CelType.Bool) is not { } expression)
            return null;
        Note(name, expression);
        return expression.ToCondition();
    }

    /// <summary>Notes a condition for explanations.</summary>
    public void Note(string name, CelExpression condition) => _conditions.Add(new RuleCondition(name, condition) { SensitiveFields = Rule.SensitiveFieldsOf(condition) });

    /// <summary>Whether an optional expression is absent, or there and without fault.</summary>
    public bool IsFine(string key, object? compiled) => compiled is not null || Node.Find(key) is null;

    public CelExpression? Value(string key, CelType? expected = null) => Names.Compile(Node.Scalar(key), expected);

    /// <summary>A value that must be a number.</summary>
    public CelExpression? Number(string key)
    {
        CelExpression? value = Value(key);
        Rule.RefuseSensitive(Node.Scalar(key), value);
        if (value is null || value.Type == CelType.Double || value.Type == CelType.Int || value.Type == CelType.Uint || value.Type == CelType.Dyn)
            return value;
        Rule.Report(FileCodes.NotNumber, Node.Scalar(key)!, $"'{key}' gives {value.Type}, a number is wanted");
        return null;
    }

    public DurationOperand? Wait(string key) => Wait(Node, key);

    /// <summary>A length of time: a constant, or an expression over params. What strays from both has been reported and is not compiled.</summary>
    public DurationOperand? Wait(YamlMapping block, string key)
    {
        if (block.Scalar(key) is not { } scalar || ScalarForms.Fault(Vocabulary.Wait, scalar) is not null)
            return null;
        if (DurationText.Parse(scalar.Value) is { } constant)
            return DurationOperand.Of(constant);
        if (Rule.Operands.Compile(scalar, CelType.Duration) is not { } expression)
            return null;
        DurationOperand wait = DurationOperand.Of(expression.ToFunction());
        Require(scalar, frame => wait.TryRead(frame, out _) ? null : new OperandFault(FileCodes.OutOfRange, $"'{scalar.Value}' gives no duration from 0s to 10 years"));
        return wait;
    }

    /// <summary>A wait that must be longer than nothing.</summary>
    public DurationOperand? Span(string key) => Span(Node, key);

    public DurationOperand? Span(YamlMapping block, string key)
    {
        if (Wait(block, key) is not { } wait)
            return null;
        Require(block.Scalar(key)!, frame => wait.TryRead(frame, out long ticks) && ticks == 0 ? new OperandFault(FileCodes.DurationOrder, $"'{key}' must be longer than nothing") : null);
        return wait;
    }

    /// <summary>The length of a window; a tumbling one divides the day.</summary>
    public DurationOperand? Window()
    {
        if (Span("window") is not { } window)
            return null;
        if (WindowKind == WindowKind.Tumbling)
            Require(Node.Scalar("window")!, frame => DivisionFault(window, frame));
        return window;
    }

    public WindowKind WindowKind => Node.Text("kind") == "tumbling" ? WindowKind.Tumbling : WindowKind.Sliding;

    /// <summary>Asks something of an operand's worth, under the declared params and under every override.</summary>
    public void Require(YamlNode place, Func<CelFrame, OperandFault?> ask) => Rule.Checks.Add(place, ask);

    private static OperandFault? DivisionFault(DurationOperand window, CelFrame frame) =>
        window.TryRead(frame, out long ticks) && ticks != 0 && NodaConstants.TicksPerDay % ticks != 0
            ? new OperandFault(FileCodes.WindowDivides, $"{DurationText.Format(Duration.FromTicks(ticks))} does not divide 24 h")
            : null;

    /// <summary>A number of things: a constant, or an expression over params. Params are doubles unless they say otherwise, so whole doubles are taken.</summary>
    public NumberOperand? Count(string key)
    {
        if (Node.Scalar(key) is not { } scalar || ScalarForms.Fault(Vocabulary.Amount(), scalar) is not null)
            return null;
        if (CoreSchema.Integer(scalar) is { } constant)
            return constant;
        if (Rule.Operands.Compile(scalar) is not { } expression)
            return null;
        if (expression.Type != CelType.Int && expression.Type != CelType.Double)
        {
            Rule.Report(FileCodes.NotNumber, scalar, $"the expression gives {expression.Type}, a number is wanted");
            return null;
        }

        NumberOperand count = NumberOperand.Of(expression.Type == CelType.Int ? expression.ToFunction() : Whole(expression.ToFunction()));
        Require(scalar, frame => CountFault(scalar, count, frame));
        return count;
    }

    private static OperandFault? CountFault(YamlScalar scalar, NumberOperand count, CelFrame frame)
    {
        if (!count.TryRead(frame, out long value))
            return new OperandFault(FileCodes.NotNumber, $"'{scalar.Value}' gives no whole number");
        return value < 1 ? new OperandFault(FileCodes.OutOfRange, $"'{scalar.Value}' gives {value}, which is less than 1") : null;
    }

    /// <summary>A distance in meters.</summary>
    public NumberOperand? Distance(string key)
    {
        if (Node.Scalar(key) is not { } scalar || ScalarForms.Fault(Vocabulary.Distance, scalar) is not null)
            return null;
        if (ScalarForms.DistanceMeters(scalar.Value) is { } meters)
            return meters;
        return Rule.Operands.Compile(scalar) is { } expression ? NumberOperand.Of(expression.ToFunction()) : null;
    }

    /// <summary>A <c>clear</c> block with a condition; null where there is none.</summary>
    public ClearOptions? Clear(Expressions? over = null)
    {
        if (Node.Map("clear") is not { } block || Condition(block, "when", $"{kind}.clear.when", over ?? Names) is not { } when)
            return null;
        return new ClearOptions(when, Wait(block, "for") ?? default);
    }

    /// <summary>Requires that a threshold to clear does not lie above the one to fire, and that what is kept suffices for that.</summary>
    public void RequireThresholds(NumberOperand atLeast, NumberOperand? clearBelow, int keep)
    {
        if (clearBelow is { } below)
            Require(Node.Scalar("clear_below")!, frame => below.TryRead(frame, out long low) && atLeast.TryRead(frame, out long high) && low > high ? new OperandFault(FileCodes.ClearBelow, $"{low} is more than at_least, {high}") : null);
        Require(Node.Scalar("at_least")!, frame => atLeast.TryRead(frame, out long wanted) && wanted > keep ? new OperandFault(FileCodes.OutOfRange, $"{wanted} is more than 'keep', {keep}, and would never be reached") : null);
    }

    /// <summary>What a number of things is worth under the declared params; 0 where that is not known.</summary>
    public long Declared(NumberOperand count) => count.TryRead(OperandChecks.FrameOf(Rule.Params.Values), out long value) ? value : 0;

    private static CelFunction Whole(CelFunction function) => frame =>
    {
        CelValue value = function(frame);
        return value.IsDouble && Math.Floor(value.AsDouble) == value.AsDouble && Math.Abs(value.AsDouble) < 1L << 53 ? CelValue.Of((long)value.AsDouble) : value;
    };
}
