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
    public void Note(string name, CelExpression condition) => _conditions.Add(new RuleCondition(name, condition));

    /// <summary>Whether an optional expression is absent, or there and without fault.</summary>
    public bool IsFine(string key, object? compiled) => compiled is not null || Node.Find(key) is null;

    public CelExpression? Value(string key, CelType? expected = null) => Names.Compile(Node.Scalar(key), expected);

    /// <summary>A value that must be a number.</summary>
    public CelExpression? Number(string key)
    {
        CelExpression? value = Value(key);
        if (value is null || value.Type == CelType.Double || value.Type == CelType.Int || value.Type == CelType.Uint || value.Type == CelType.Dyn)
            return value;
        Rule.Report(FileCodes.NotNumber, Node.Scalar(key)!, $"'{key}' gives {value.Type}, a number is wanted");
        return null;
    }

    public DurationOperand? Wait(string key) => Wait(Node, key);

    public DurationOperand? Wait(YamlMapping block, string key)
    {
        if (block.Scalar(key) is not { } scalar)
            return null;
        if (DurationText.Parse(scalar.Value) is { } constant)
            return DurationOperand.Of(constant);
        return Rule.Operands.Compile(scalar, CelType.Duration) is { } expression ? DurationOperand.Of(expression.ToFunction()) : null;
    }

    /// <summary>A wait that must be longer than nothing.</summary>
    public DurationOperand? Span(string key)
    {
        if (Node.Text(key) is { } text && DurationText.Parse(text) == Duration.Zero)
            Rule.Report(FileCodes.DurationOrder, Node.Scalar(key)!, $"'{key}' must be longer than nothing");
        return Wait(key);
    }

    /// <summary>The length of a window; a tumbling one divides the day.</summary>
    public DurationOperand? Window()
    {
        if (WindowKind == WindowKind.Tumbling && Node.Wait("window") is { } length && length > Duration.Zero && NodaConstants.TicksPerDay % length.BclCompatibleTicks != 0)
            Rule.Report(FileCodes.WindowDivides, Node.Scalar("window")!, $"{Node.Text("window")} does not divide 24 h");
        return Span("window");
    }

    public WindowKind WindowKind => Node.Text("kind") == "tumbling" ? WindowKind.Tumbling : WindowKind.Sliding;

    /// <summary>A number of things: a constant, or an expression over params. Params are doubles unless they say otherwise, so whole doubles are taken.</summary>
    public IntOperand? Count(string key)
    {
        if (Node.Scalar(key) is not { } scalar)
            return null;
        if (CoreSchema.Integer(scalar) is { } constant)
            return constant;
        if (Rule.Operands.Compile(scalar) is not { } expression)
            return null;
        if (expression.Type == CelType.Int)
            return IntOperand.Of(expression.ToFunction());
        if (expression.Type == CelType.Double)
            return IntOperand.Of(Whole(expression.ToFunction()));
        Rule.Report(FileCodes.NotNumber, scalar, $"the expression gives {expression.Type}, a number is wanted");
        return null;
    }

    /// <summary>A distance in meters.</summary>
    public DoubleOperand? Distance(string key)
    {
        if (Node.Scalar(key) is not { } scalar)
            return null;
        if (ScalarForms.DistanceMeters(scalar.Value) is { } meters)
            return meters;
        return Rule.Operands.Compile(scalar) is { } expression ? DoubleOperand.Of(expression.ToFunction()) : null;
    }

    /// <summary>A <c>clear</c> block with a condition; null where there is none.</summary>
    public ClearOptions? Clear(Expressions? over = null)
    {
        if (Node.Map("clear") is not { } block || Condition(block, "when", $"{kind}.clear.when", over ?? Names) is not { } when)
            return null;
        return new ClearOptions(when, Wait(block, "for") ?? default);
    }

    /// <summary>Reports a threshold to clear that lies above the one to fire.</summary>
    public void CheckThresholds()
    {
        if (Node.Integer("at_least") is { } atLeast && Node.Integer("clear_below") is { } clearBelow && clearBelow > atLeast)
            Rule.Report(FileCodes.ClearBelow, Node.Scalar("clear_below")!, $"{clearBelow} is more than at_least, {atLeast}");
        long keep = Node.Integer("keep") ?? WindowLimits.DefaultKeep;
        if (Node.Integer("at_least") > keep)
            Rule.Report(FileCodes.OutOfRange, Node.Scalar("at_least")!, $"{Node.Text("at_least")} is more than 'keep', {keep}, and would never be reached");
    }

    private static CelFunction Whole(CelFunction function) => frame =>
    {
        CelValue value = function(frame);
        return value.IsDouble && Math.Floor(value.AsDouble) == value.AsDouble && Math.Abs(value.AsDouble) < 1L << 53 ? CelValue.Of((long)value.AsDouble) : value;
    };
}
