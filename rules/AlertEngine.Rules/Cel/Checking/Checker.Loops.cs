using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Checking;

/// <content>Macros over lists and maps, and bindings.</content>
internal sealed partial class Checker
{
    private LoopNode Loop(LoopSyntax loop)
    {
        var range = Value(loop.Range);
        var (first, second) = Variables(loop, Known(range.Type));
        var outer = _scope;
        var firstLocal = Enter(loop.First, first);
        if (loop.Second is not null)
            Enter(loop.Second, second);
        var filter = loop.Filter is null ? null : Condition(loop.Filter, "filter");
        var body = loop.Kind <= CelLoopKind.Filter ? Condition(loop.Body, loop.Kind.ToString().ToLowerInvariant()) : Value(loop.Body);
        Leave(outer, loop.Second is null ? 1 : 2);
        var type = LoopType(loop, first, body);
        return Keep(new LoopNode(Place(loop.Span), type, loop.Kind, range, firstLocal, loop.Second is not null, filter, body));
    }

    // One variable: elements or keys. Two: index and element, or key and value.
    private (CelType First, CelType Second) Variables(LoopSyntax loop, CelType range)
    {
        if (CelTypes.IsList(range))
            return loop.Second is null ? (range.Parameters[0], CelType.Dyn) : (CelType.Int, range.Parameters[0]);
        if (CelTypes.IsMap(range))
            return (range.Parameters[0], range.Parameters[1]);
        if (!_isChecked || CelTypes.IsDyn(range) || CelTypes.IsVariable(range))
            return (CelType.Dyn, CelType.Dyn);
        throw Refuse(CelCodes.NotIterable, loop.Range.Span, $"this is {Show(range)}, neither list nor map", $"这里是 {Show(range)}，不是列表或映射");
    }

    private CelType LoopType(LoopSyntax loop, CelType first, CelNode body)
    {
        switch (loop.Kind)
        {
            case CelLoopKind.Filter:
                return CelType.List(first);
            case CelLoopKind.Map:
                return CelType.List(Known(body.Type));
            case CelLoopKind.TransformMap:
                return CelType.Map(first, Known(body.Type));
            case CelLoopKind.TransformMapEntry:
                var entry = Known(body.Type);
                if (CelTypes.IsMap(entry))
                    return entry;
                if (!_isChecked || CelTypes.IsDyn(entry))
                    return CelType.Map(CelType.Dyn, CelType.Dyn);
                throw Refuse(CelCodes.NoOverload, loop.Body.Span, $"transformMapEntry wants a map here, this is {Show(entry)}",
                    $"transformMapEntry 此处需要映射，这里是 {Show(entry)}");
            default:
                return CelType.Bool;
        }
    }

    private BindNode Bind(BindSyntax bind)
    {
        var value = Value(bind.Value);
        var outer = _scope;
        var local = Enter(bind.Name, bind.Kind == CelBindKind.Bind ? Known(value.Type) : Unwrapped(value, bind.Value));
        var body = Value(bind.Body);
        Leave(outer, 1);
        var type = Known(body.Type);
        if (bind.Kind == CelBindKind.OptionalMap)
            type = CelType.Optional(type);
        else if (bind.Kind == CelBindKind.OptionalFlatMap)
            type = CelType.Optional(Unwrapped(body, bind.Body));
        return Keep(new BindNode(Place(bind.Span), type, bind.Kind, local, value, body));
    }

    private int Enter(string name, CelType type)
    {
        _scope = new LocalScope(name, _scope, _isChecked ? type : CelType.Dyn, _locals);
        LocalCount = Math.Max(LocalCount, _locals + 1);
        return _locals++;
    }

    private void Leave(Scope? outer, int count)
    {
        _scope = outer;
        _locals -= count;
    }
}
