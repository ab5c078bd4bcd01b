using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel.Checking;

/// <summary>Which optional fields are there when a condition has turned out true, or false.</summary>
internal static class Presence
{
    internal static ImmutableHashSet<string> When(CelNode condition, bool isTrue) => condition switch
    {
        HasSlotNode has when isTrue => [has.Slot.Name],
        NotNode not => When(not.Operand, !isTrue),
        // Every operand of a true && is true, every operand of a false || is false.
        LogicNode logic when logic.IsAnd == isTrue => Union(logic.Operands, isTrue),
        _ => [],
    };

    private static ImmutableHashSet<string> Union(ImmutableArray<CelNode> operands, bool isTrue)
    {
        var known = ImmutableHashSet<string>.Empty;
        foreach (var operand in operands)
            known = known.Union(When(operand, isTrue));
        return known;
    }
}
