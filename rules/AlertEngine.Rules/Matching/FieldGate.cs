using AlertEngine.Rules.Cel;
using NodaTime;

namespace AlertEngine.Rules.Matching;

/// <summary>
/// The one comparison of a number that an event must pass to concern a rule: taken from the rule's condition where that is a comparison with a
/// constant, or a conjunction that begins with one, and where the rule waits for nothing and its detector ignores events that do not match.
/// Whatever cannot be judged so passes: the rule itself judges it.
/// </summary>
public readonly record struct FieldGate
{
    private readonly int _slot;
    private readonly CelFieldOperator _operator;
    private readonly double _constant;

    private FieldGate(int slot, CelFieldOperator @operator, double constant)
    {
        _slot = slot;
        _operator = @operator;
        _constant = constant;
    }

    /// <summary>Every event passes.</summary>
    public static FieldGate Open => default;

    /// <summary>The gate of a rule.</summary>
    public static FieldGate Of(CompiledRule rule)
    {
        string when = $"{rule.Detector.Kind}.when";
        // What flaps becomes calm by events that do not match. Where a rule waits for late events, those that do not match tell how far their device
        // and district have come: what is late must not depend on a threshold.
        if (!rule.Detector.IgnoresMismatches || rule.Flapping is not null || rule.Lateness > Duration.Zero || rule.Conditions.FirstOrDefault(condition => condition.Name == when) is not { } condition)
            return Open;
        foreach (CelFieldTest test in condition.Expression.RequiredTests())
        {
            if (test.Record.RecordIndex == FrameRecords.Event && test.Field.Slot >= EventSlots.FirstField && test.Constant.IsDouble && IsOrdering(test.Operator))
                return new FieldGate(test.Field.Slot, test.Operator, test.Constant.AsDouble);
        }

        return Open;
    }

    /// <summary>Whether an event with these slots may match. One that lacks the field passes: its absence is an error that the rule counts.</summary>
    public bool Passes(ReadOnlySpan<CelValue> slots)
    {
        if (_slot == 0 || !slots[_slot].IsDouble)
            return true;
        double value = slots[_slot].AsDouble;
        return _operator switch
        {
            CelFieldOperator.Greater => value > _constant,
            CelFieldOperator.GreaterOrEqual => value >= _constant,
            CelFieldOperator.Less => value < _constant,
            _ => value <= _constant,
        };
    }

    private static bool IsOrdering(CelFieldOperator @operator) =>
        @operator is CelFieldOperator.Greater or CelFieldOperator.GreaterOrEqual or CelFieldOperator.Less or CelFieldOperator.LessOrEqual;
}
