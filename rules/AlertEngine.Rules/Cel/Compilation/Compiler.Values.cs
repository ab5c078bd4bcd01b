using System.Linq.Expressions;
using AlertEngine.Rules.Cel.Checking;
using AlertEngine.Rules.Cel.Interpretation;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Compilation;

/// <content>Numbers and texts unboxed, and everything else as values.</content>
internal sealed partial class Compiler
{
    private Emitted Typed(CelNode node, Scalar scalar)
    {
        if (Folding.Constant(node) is { } constant)
            return Scalar.Constant(constant) is { } known && known.Type == scalar.Type ? new Emitted(null, known) : new Emitted(No, Expression.Default(scalar.Type));
        return node switch
        {
            SlotNode slot => Read(slot, scalar),
            CallNode { Arguments: [var left, var right] } call when left.Type == right.Type && Scalar.Of(left.Type) == scalar => Binary(call, left, right, scalar),
            CallNode { Arguments: [var operand] } call => Unary(call, operand, scalar),
            ConditionalNode conditional => Chosen(conditional, scalar),
            _ => Unboxed(node, scalar),
        };
    }

    private Emitted Read(SlotNode slot, Scalar scalar)
    {
        var variable = Variable(scalar.Type);
        var guard = Expression.Call(scalar.FromSlot, Frame, Expression.Constant(slot.Record.RecordIndex), Expression.Constant(slot.Field.Slot), variable);
        return new Emitted(guard, variable);
    }

    private Emitted Unboxed(CelNode node, Scalar scalar)
    {
        var variable = Variable(scalar.Type);
        return new Emitted(Expression.Call(scalar.FromValue, Core(node), variable), variable);
    }

    private Emitted Binary(CallNode call, CelNode left, CelNode right, Scalar scalar)
    {
        if (scalar == Scalar.Double && CheckedArithmetic.OnDoubles(call.Function) is { } operation)
        {
            var (a, b) = (Typed(left, scalar), Typed(right, scalar));
            return new Emitted(Emitted.Both(a.Guard, b.Guard), Expression.MakeBinary(operation, a.Value, b.Value));
        }
        if (scalar != Scalar.Int || CheckedArithmetic.Method(call.Function) is not { } method)
            return Unboxed(call, scalar);
        var (first, second) = (Typed(left, scalar), Typed(right, scalar));
        var result = Variable(typeof(long));
        return new Emitted(Emitted.Guarded(first.Guard, second.Guard, Expression.Call(method, first.Value, second.Value, result)), result);
    }

    private Emitted Unary(CallNode call, CelNode operand, Scalar scalar)
    {
        if (call.Function == CelOperators.Negate && Scalar.Of(operand.Type) == scalar && scalar == Scalar.Double)
        {
            var number = Typed(operand, scalar);
            return number with { Value = Expression.Negate(number.Value) };
        }
        if (call.Function == CelOperators.Negate && Scalar.Of(operand.Type) == scalar && scalar == Scalar.Int)
        {
            var number = Typed(operand, scalar);
            var result = Variable(typeof(long));
            return new Emitted(Emitted.Guarded(number.Guard, null, Expression.Call(Methods.TryNegate, number.Value, result)), result);
        }
        if (call.Function == "double" && operand.Type == CelType.Int && scalar == Scalar.Double)
        {
            var number = Typed(operand, Scalar.Int);
            return number with { Value = Expression.Convert(number.Value, typeof(double)) };
        }
        return Unboxed(call, scalar);
    }

    private Emitted Chosen(ConditionalNode conditional, Scalar scalar)
    {
        if (Scalar.Of(conditional.Then.Type) != scalar || Scalar.Of(conditional.Otherwise.Type) != scalar)
            return Unboxed(conditional, scalar);
        var variable = Variable(scalar.Type);
        var guard = Branched(conditional, branch =>
        {
            var typed = Typed(branch, scalar);
            return Emitted.Guarded(typed.Guard, null, Expression.Call(scalar.Set, variable, typed.Value));
        }, No);
        return new Emitted(guard, variable);
    }

    /// <summary>Any node as a value. A scalar comes through its typed form, whose guard also refuses what is not of its type.</summary>
    private Expression Value(CelNode node)
    {
        if (Folding.Constant(node) is { } constant)
            return Expression.Constant(constant, typeof(CelValue));
        if (node.Type == CelType.Bool)
            return Expression.Call(Methods.Truth, Tri(node));
        if (Scalar.Of(node.Type) is not { } scalar)
            return Core(node);
        var typed = Typed(node, scalar);
        var made = Expression.Call(scalar.ToValue, typed.Value);
        return typed.Guard is null ? made : Expression.Condition(typed.Guard, made, Expression.Call(Methods.Failed));
    }

    /// <summary>A node as a value by the rules of its construct, whatever its type.</summary>
    private Expression Core(CelNode node) => node switch
    {
        ConstantNode constant => Expression.Constant(constant.Value, typeof(CelValue)),
        SlotNode slot => Expression.Call(Methods.Load, Frame, Expression.Constant(slot.Record.RecordIndex), Expression.Constant(slot.Field.Slot),
            Expression.Constant(slot.Missing, typeof(CelValue))),
        OptionalSlotNode optional => Expression.Call(Methods.Optional,
            Expression.Call(Methods.Peek, Frame, Expression.Constant(optional.Slot.Record.RecordIndex), Expression.Constant(optional.Slot.Field.Slot))),
        LocalNode local => Expression.Call(Methods.Local, Frame, Expression.Constant(local.Index)),
        SelectNode select => Selected(select),
        CallNode call => Called(call),
        ConditionalNode conditional => Branched(conditional, Value, Expression.Call(Methods.Failed)),
        ListNode list => Expression.Call(Methods.List, Expression.NewArrayInit(typeof(CelValue), list.Elements.Select(Value)), Expression.Constant(list.IsOptional)),
        MapNode map => Expression.Call(Methods.Map, Expression.NewArrayInit(typeof(CelValue), map.Children.Select(Value)), Expression.Constant(map.IsOptional)),
        LoopNode loop => Looped(loop),
        BindNode bind => BoundValue(bind),
        _ => Expression.Call(Methods.Truth, Tri(node)),
    };

    private MethodCallExpression Selected(SelectNode select) => Expression.Call(
        select.Selection switch { CelSelection.Read => Methods.Select, CelSelection.Test => Methods.Test, _ => Methods.SelectOptional },
        Value(select.Operand), Expression.Constant(select.Key, typeof(CelValue)));

    private MethodCallExpression Called(CallNode call)
    {
        var site = Expression.Constant(call.Site);
        var arguments = call.Arguments.Select(Value).ToArray();
        if (call.Site.Candidates.Any(candidate => candidate.Body is CelBodyN))
            return Expression.Call(site, Methods.CallN, Frame, Expression.NewArrayInit(typeof(CelValue), arguments));
        return arguments.Length switch
        {
            1 => Expression.Call(site, Methods.Call1, arguments),
            2 => Expression.Call(site, Methods.Call2, arguments),
            3 => Expression.Call(site, Methods.Call3, arguments),
            _ => Expression.Call(site, Methods.CallN, Frame, Expression.NewArrayInit(typeof(CelValue), arguments)),
        };
    }

    private MethodCallExpression Looped(LoopNode loop)
    {
        var isValue = loop.Kind > CelLoopKind.Filter;
        var shape = new Loops.Shape(loop.Kind, loop.FirstLocal, loop.HasTwo, !isInLoop);
        return Expression.Call(Methods.Loop, Frame, Expression.Constant(shape), Value(loop.Range),
            Expression.Constant(loop.Filter is null ? null : Inner().Test(loop.Filter), typeof(LoopTest)),
            Expression.Constant(isValue ? null : Inner().Test(loop.Body), typeof(LoopTest)),
            Expression.Constant(isValue ? Inner().Body(loop.Body) : null, typeof(CelFunction)));
    }

    private LoopTest Test(CelNode body) => Made<LoopTest>(Tri(body));

    private CelFunction Body(CelNode body) => Made<CelFunction>(Value(body));

    private Expression BoundValue(BindNode bind)
    {
        if (bind.Kind == CelBindKind.Bind)
            return Expression.Condition(Bound(bind), Value(bind.Body), Expression.Call(Methods.Failed));
        var body = new Compiler(tree, isInLoop).Body(bind.Body);
        return Expression.Call(Methods.BindOptional, Frame, Value(bind.Value), Expression.Constant(bind.Local), Expression.Constant(bind.Kind), Expression.Constant(body));
    }
}
