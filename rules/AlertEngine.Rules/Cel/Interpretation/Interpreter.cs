using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Checking;
using AlertEngine.Rules.Cel.Library;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Interpretation;

/// <summary>
/// The slow form: walks the typed tree, tri-state for booleans (true, false, error), and reports the value of every sub-expression to
/// whoever asks. Operands are evaluated in source order; what a connective decides without an operand leaves it unevaluated.
/// </summary>
internal sealed class Interpreter(CelFrame frame, Action<CelNode, CelValue>? observe = null)
{
    private CelValue _fault;
    private int _loops;

    internal CelValue Evaluate(CelNode node)
    {
        var value = CelKinds.Conform(Compute(node), node.Type);
        // Inside a loop a node has many values; the loop's own is reported.
        if (_loops == 0)
            observe?.Invoke(node, value);
        return value;
    }

    private CelValue Compute(CelNode node) => node switch
    {
        ConstantNode constant => constant.Value,
        SlotNode slot => Slots.Load(frame, slot.Record.RecordIndex, slot.Field.Slot, slot.Missing),
        HasSlotNode has => CelValue.Of(Slots.Has(frame, has.Slot.Record.RecordIndex, has.Slot.Field.Slot)),
        OptionalSlotNode optional => CelValue.Optional(Slots.Peek(frame, optional.Slot.Record.RecordIndex, optional.Slot.Field.Slot)),
        LocalNode local => frame.Locals[local.Index],
        SelectNode select => Select(select),
        CallNode call => Call(call),
        LogicNode logic => Logic(logic),
        NotNode not => Not(Evaluate(not.Operand)),
        ConditionalNode conditional => Conditional(conditional),
        ListNode list => List(list),
        MapNode map => Map(map),
        LoopNode loop => Loop(loop),
        BindNode bind => Bind(bind),
        _ => throw new InvalidOperationException($"unknown node {node.GetType().Name}"),
    };

    private CelValue Select(SelectNode select)
    {
        var operand = Evaluate(select.Operand);
        return select.Selection switch
        {
            CelSelection.Read => OptionalLibrary.Select(operand, select.Key),
            CelSelection.Test => OptionalLibrary.Test(operand, select.Key),
            _ => OptionalLibrary.SelectOptional(operand, select.Key),
        };
    }

    private CelValue Call(CallNode call)
    {
        var arguments = new CelValue[call.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = Evaluate(call.Arguments[i]);
        return call.Site.CallN(frame, arguments);
    }

    private CelValue Logic(LogicNode logic)
    {
        CelValue fault = default;
        foreach (var operand in logic.Operands)
        {
            var value = Evaluate(operand);
            if (value.IsBool && value.AsBool != logic.IsAnd)
                return value;
            if (!value.IsBool && !fault.IsError)
                fault = value.IsError ? value : CelErrors.NoSuchOverload;
        }
        return fault.IsError ? fault : CelValue.Of(logic.IsAnd);
    }

    private static CelValue Not(CelValue value) => value.IsBool ? CelValue.Of(!value.AsBool) : value.IsError ? value : CelErrors.NoSuchOverload;

    private CelValue Conditional(ConditionalNode conditional)
    {
        var condition = Evaluate(conditional.Condition);
        if (!condition.IsBool)
            return condition.IsError ? condition : CelErrors.NoSuchOverload;
        return Evaluate(condition.AsBool ? conditional.Then : conditional.Otherwise);
    }

    private CelValue List(ListNode list) => Aggregates.List(Evaluated(list.Elements), list.IsOptional);

    private CelValue Map(MapNode map) => Aggregates.Map(Evaluated(map.Children), map.IsOptional);

    private CelValue[] Evaluated(ImmutableArray<CelNode> nodes)
    {
        var values = new CelValue[nodes.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = Evaluate(nodes[i]);
        return values;
    }

    private CelValue Loop(LoopNode loop)
    {
        var range = Evaluate(loop.Range);
        var isValue = loop.Kind > CelLoopKind.Filter;
        var shape = new Loops.Shape(loop.Kind, loop.FirstLocal, loop.HasTwo, _loops == 0);
        _loops++;
        var result = Loops.Run(frame, shape, range, loop.Filter is null ? null : Test(loop.Filter), isValue ? null : Test(loop.Body),
            isValue ? _ => Evaluate(loop.Body) : null);
        _loops--;
        return Aggregates.IsUnexplained(result) ? _fault : result;
    }

    private LoopTest Test(CelNode body) => _ =>
    {
        var value = Evaluate(body);
        if (value.IsBool)
            return value.AsBool ? 1 : 0;
        _fault = value.IsError ? value : CelErrors.NoSuchOverload;
        return -1;
    };

    private CelValue Bind(BindNode bind)
    {
        var value = Evaluate(bind.Value);
        if (bind.Kind == CelBindKind.Bind)
        {
            frame.Locals[bind.Local] = value;
            return Evaluate(bind.Body);
        }
        if (value.IsError)
            return value;
        if (value.AsOptional is not { } optional)
            return CelErrors.NoSuchOverload;
        if (!optional.HasValue)
            return value;
        frame.Locals[bind.Local] = optional.Value;
        return Aggregates.Rewrapped(Evaluate(bind.Body), bind.Kind);
    }
}
