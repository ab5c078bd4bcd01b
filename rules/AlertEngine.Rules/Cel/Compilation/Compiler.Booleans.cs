using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Linq.Expressions;
using AlertEngine.Rules.Cel.Checking;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Compilation;

/// <content>
/// Booleans three ways: is true, is false, and tri-state (1, 0, −1 for an error) where a value is needed once, as in the condition of
/// <c>?:</c>, which code for "is true" and "is false" would double at every level.
/// </content>
internal sealed partial class Compiler
{
    private Expression True(CelNode node) => Asked(node, true);

    private Expression False(CelNode node) => Asked(node, false);

    private Expression Asked(CelNode node, bool wanted)
    {
        if (Folding.Constant(node) is { } constant)
            return constant.IsBool && constant.AsBool == wanted ? Yes : No;
        switch (node)
        {
            case LogicNode logic:
                return Chain([.. logic.Operands.Select(operand => Asked(operand, wanted))], logic.IsAnd == wanted);
            case NotNode not:
                return Asked(not.Operand, !wanted);
            case ConditionalNode conditional:
                return Branched(conditional, branch => Asked(branch, wanted), No);
            case BindNode { Kind: CelBindKind.Bind } bind:
                return Expression.AndAlso(Bound(bind), Asked(bind.Body, wanted));
        }
        if (Question(node) is { } question)
            return Emitted.Guarded(question.Guard, null, wanted ? question.Value : Expression.Not(question.Value));
        return Expression.Call(wanted ? Methods.IsTrue : Methods.IsFalse, Core(node));
    }

    private Expression Tri(CelNode node)
    {
        if (Folding.Constant(node) is { } constant)
            return Expression.Constant(constant.IsBool ? constant.AsBool ? 1 : 0 : -1);
        switch (node)
        {
            case LogicNode logic:
                return TriChain(logic, 0, logic.Operands.Length);
            case NotNode not:
                var inner = Kept(Tri(not.Operand));
                return Expression.Condition(inner.Set, Expression.Condition(Expression.LessThan(inner.Value, Zero), MinusOne, Expression.Subtract(One, inner.Value)), MinusOne);
            case ConditionalNode conditional:
                return Branched(conditional, Tri, MinusOne);
            case BindNode { Kind: CelBindKind.Bind } bind:
                return Expression.Condition(Bound(bind), Tri(bind.Body), MinusOne);
        }
        if (Question(node) is not { } question)
            return Expression.Call(Methods.Tri, Core(node));
        var answer = Expression.Condition(question.Value, One, Zero);
        return question.Guard is null ? answer : Expression.Condition(question.Guard, answer, MinusOne);
    }

    private static readonly ConstantExpression One = Expression.Constant(1);
    private static readonly ConstantExpression Zero = Expression.Constant(0);
    private static readonly ConstantExpression MinusOne = Expression.Constant(-1);

    // Balanced, so that a chain of a thousand operands does not nest a thousand deep.
    private static Expression Chain(ImmutableArray<Expression> parts, bool isAnd)
    {
        if (parts.Length == 1)
            return parts[0];
        var (left, right) = (Chain(parts[..(parts.Length / 2)], isAnd), Chain(parts[(parts.Length / 2)..], isAnd));
        return isAnd ? Expression.AndAlso(left, right) : Expression.OrElse(left, right);
    }

    // The left part decides, or the right one does, or an error of either is the error of both.
    private Expression TriChain(LogicNode logic, int from, int until)
    {
        if (until - from == 1)
            return Tri(logic.Operands[from]);
        var middle = (from + until) / 2;
        var deciding = logic.IsAnd ? Zero : One;
        var left = Kept(TriChain(logic, from, middle));
        var right = Kept(TriChain(logic, middle, until));
        var both = Expression.Condition(right.Set,
            Expression.Condition(Expression.Equal(right.Value, deciding), deciding,
                Expression.Condition(Expression.LessThan(left.Value, Zero), left.Value, right.Value)), MinusOne);
        return Expression.Condition(left.Set, Expression.Condition(Expression.Equal(left.Value, deciding), deciding, both), MinusOne);
    }

    // A tri-state kept in a variable: the first part assigns it and is always true.
    private (Expression Set, ParameterExpression Value) Kept(Expression tri)
    {
        var variable = Variable(typeof(int));
        return (Expression.Call(Methods.SetTri, variable, tri), variable);
    }

    private Expression Branched(ConditionalNode conditional, Func<CelNode, Expression> branch, Expression failed)
    {
        var condition = Kept(Tri(conditional.Condition));
        var chosen = Expression.Condition(Expression.Equal(condition.Value, One), branch(conditional.Then),
            Expression.Condition(Expression.Equal(condition.Value, Zero), branch(conditional.Otherwise), failed));
        return Expression.Condition(condition.Set, chosen, failed);
    }

    private MethodCallExpression Bound(BindNode bind) =>
        Expression.Call(Methods.SetLocal, Frame, Expression.Constant(bind.Local), Value(bind.Value));

    /// <summary>Typed code for the questions that conditions are made of; null for other nodes.</summary>
    private Emitted? Question(CelNode node) => node switch
    {
        HasSlotNode has => new Emitted(null, Expression.Call(Methods.Has, Frame, Expression.Constant(has.Slot.Record.RecordIndex), Expression.Constant(has.Slot.Field.Slot))),
        SlotNode { Type.Name: "bool" } slot => Flag(slot),
        CallNode { Arguments: [var left, var right] } call => Relation(call, left, right) ?? Membership(call, left, right) ?? TextQuestion(call, left, right),
        _ => null,
    };

    private Emitted Flag(SlotNode slot)
    {
        var flag = Variable(typeof(bool));
        return new Emitted(Expression.Call(Methods.TryBool, Frame, Expression.Constant(slot.Record.RecordIndex), Expression.Constant(slot.Field.Slot), flag), flag);
    }

    private Emitted? Relation(CallNode call, CelNode left, CelNode right)
    {
        if (CheckedArithmetic.Relation(call.Function) is not { } relation || left.Type != right.Type || Scalar.Of(left.Type) is not { } scalar)
            return null;
        var (a, b) = (Typed(left, scalar), Typed(right, scalar));
        return new Emitted(Emitted.Both(a.Guard, b.Guard), Compared(relation, scalar, a.Value, b.Value));
    }

    private static Expression Compared(ExpressionType relation, Scalar scalar, Expression a, Expression b)
    {
        if (scalar == Scalar.String)
            return TextRelation(relation, a, b);
        // FastExpressionCompiler 6.0 compares unsigned numbers as signed ones, so the order comes from a method.
        return scalar == Scalar.Uint ? Expression.MakeBinary(relation, Expression.Call(Methods.CompareUints, a, b), Zero) : Expression.MakeBinary(relation, a, b);
    }

    private static Expression TextRelation(ExpressionType relation, Expression a, Expression b) => relation switch
    {
        ExpressionType.Equal => Expression.Call(Methods.TextsEqual, a, b),
        ExpressionType.NotEqual => Expression.Not(Expression.Call(Methods.TextsEqual, a, b)),
        _ => Expression.MakeBinary(relation, Expression.Call(Methods.CompareTexts, a, b), Zero),
    };

    // Membership in a constant list is one look-up in a set made at load.
    private Emitted? Membership(CallNode call, CelNode left, CelNode right)
    {
        if (call.Function != CelOperators.In || Scalar.Of(left.Type) is not { } scalar || Folding.Constant(right)?.AsList is not { } list)
            return null;
        if (scalar == Scalar.String)
        {
            var texts = new TextSet(list.Where(item => item.AsString is not null).Select(item => item.AsString!));
            var text = Typed(left, scalar);
            return new Emitted(text.Guard, Expression.Call(Expression.Constant(texts), Methods.TextSetContains, text.Value));
        }
        if (scalar != Scalar.Int || !list.All(item => item.IsInt))
            return null;
        var numbers = list.Select(item => item.AsInt).ToFrozenSet();
        var number = Typed(left, scalar);
        return new Emitted(number.Guard, Expression.Call(Expression.Constant(numbers, typeof(FrozenSet<long>)), Methods.IntSetContains, number.Value));
    }

    private Emitted? TextQuestion(CallNode call, CelNode left, CelNode right)
    {
        if (left.Type != CelType.String || right.Type != CelType.String || call.Type != CelType.Bool)
            return null;
        if (Methods.TextQuestion(call.Function) is { } method)
        {
            var (a, b) = (Typed(left, Scalar.String), Typed(right, Scalar.String));
            return new Emitted(Emitted.Both(a.Guard, b.Guard), Expression.Call(method, a.Value, b.Value));
        }
        if (call.Function != "matches" || Folding.Constant(right)?.AsString is not { } source || CelPattern.Compile(source) is not { Error: null } pattern)
            return null;
        var text = Typed(left, Scalar.String);
        return new Emitted(text.Guard, Expression.Call(Expression.Constant(pattern), Methods.IsMatch, text.Value));
    }
}
