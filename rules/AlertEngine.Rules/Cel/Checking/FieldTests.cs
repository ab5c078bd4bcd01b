using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel;

/// <summary>How a field is compared with a constant.</summary>
public enum CelFieldOperator
{
    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Less than the constant.</summary>
    Less,

    /// <summary>Less than or equal to the constant.</summary>
    LessOrEqual,

    /// <summary>Greater than the constant.</summary>
    Greater,

    /// <summary>Greater than or equal to the constant.</summary>
    GreaterOrEqual,

    /// <summary>One of the elements of the constant, which is a list.</summary>
    In,
}

/// <summary>A comparison of a field with a constant that must hold for an expression to be true.</summary>
/// <param name="Record">The field's record.</param>
/// <param name="Field">The field.</param>
/// <param name="Operator">The comparison, the field on its left.</param>
/// <param name="Constant">The constant.</param>
public sealed record CelFieldTest(CelRecordType Record, CelField Field, CelFieldOperator Operator, CelValue Constant);

/// <summary>Finds the comparisons that every match of an expression fulfils.</summary>
internal static class FieldTests
{
    internal static ImmutableArray<CelFieldTest> Of(Checking.CelNode root)
    {
        var tests = ImmutableArray.CreateBuilder<CelFieldTest>();
        Collect(root, tests);
        return tests.DrainToImmutable();
    }

    private static void Collect(Checking.CelNode node, ImmutableArray<CelFieldTest>.Builder tests)
    {
        if (node is Checking.LogicNode { IsAnd: true } logic)
        {
            foreach (var operand in logic.Operands)
                Collect(operand, tests);
        }
        else if (node is Checking.CallNode { Arguments: [var left, var right] } call && Operator(call.Function) is { } comparison)
            Add(left, right, comparison, tests);
        else if (node is Checking.SlotNode { Type.Name: "bool" } slot)
            tests.Add(new CelFieldTest(slot.Record, slot.Field, CelFieldOperator.Equal, CelValue.True));
    }

    private static void Add(Checking.CelNode left, Checking.CelNode right, CelFieldOperator comparison, ImmutableArray<CelFieldTest>.Builder tests)
    {
        if (left is Checking.SlotNode slot && Compilation.Folding.Constant(right) is { IsError: false } constant)
            tests.Add(new CelFieldTest(slot.Record, slot.Field, comparison, constant));
        else if (right is Checking.SlotNode other && comparison != CelFieldOperator.In && Compilation.Folding.Constant(left) is { IsError: false } first)
            tests.Add(new CelFieldTest(other.Record, other.Field, Mirrored(comparison), first));
    }

    private static CelFieldOperator? Operator(string function) => function switch
    {
        CelOperators.Equal => CelFieldOperator.Equal,
        CelOperators.Less => CelFieldOperator.Less,
        CelOperators.LessOrEqual => CelFieldOperator.LessOrEqual,
        CelOperators.Greater => CelFieldOperator.Greater,
        CelOperators.GreaterOrEqual => CelFieldOperator.GreaterOrEqual,
        CelOperators.In => CelFieldOperator.In,
        _ => null,
    };

    private static CelFieldOperator Mirrored(CelFieldOperator comparison) => comparison switch
    {
        CelFieldOperator.Less => CelFieldOperator.Greater,
        CelFieldOperator.LessOrEqual => CelFieldOperator.GreaterOrEqual,
        CelFieldOperator.Greater => CelFieldOperator.Less,
        CelFieldOperator.GreaterOrEqual => CelFieldOperator.LessOrEqual,
        _ => comparison,
    };
}
