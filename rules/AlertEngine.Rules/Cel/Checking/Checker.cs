using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Checking;

/// <summary>
/// Makes the typed tree of a parsed expression: resolves names, chooses overloads, infers types, substitutes macros of the rule file.
/// Stops at the first error. With checking off (a mode that the conformance tests ask for) everything is dynamic and what cannot be
/// resolved becomes an error of evaluation.
/// </summary>
internal sealed partial class Checker
{
    private readonly CelEnvironment _environment;
    private readonly bool _isChecked;
    private readonly Unifier _types = new();
    private readonly List<CelNode> _nodes = [];
    private readonly List<string> _macros = [];
    private Scope? _scope;
    private CelSpan? _place;
    private int _locals;
    private int _depth;

    private Checker(CelEnvironment environment, bool isChecked)
    {
        _environment = environment;
        _isChecked = isChecked;
    }

    /// <summary>How many locals the expression needs at once.</summary>
    private int LocalCount { get; set; }

    internal static CheckedTree Check(CelEnvironment environment, CelSyntax syntax, bool isChecked = true)
    {
        var checker = new Checker(environment, isChecked);
        var root = checker.Value(syntax);
        foreach (var node in checker._nodes)
            node.Type = checker._types.Resolve(node.Type, CelType.Dyn);
        return new CheckedTree(root, checker.LocalCount, checker._nodes);
    }

    // A node that is a value: a bare record is none.
    private CelNode Value(CelSyntax syntax)
    {
        if (++_depth > 2 * _environment.Limits.Depth)
            throw Refuse(CelCodes.TooDeep, syntax.Span, "nested too deeply after macros are put in", "展开宏后嵌套过深");
        var node = syntax switch
        {
            LiteralSyntax literal => Literal(literal),
            NameSyntax name => Name(name),
            SelectSyntax select => Select(select),
            CallSyntax call => Call(call),
            LogicSyntax logic => Logic(logic),
            ListSyntax list => List(list),
            MapSyntax map => Map(map),
            LoopSyntax loop => Loop(loop),
            BindSyntax bind => Bind(bind),
            _ => throw new InvalidOperationException($"unknown syntax {syntax.GetType().Name}"),
        };
        _depth--;
        return node;
    }

    private T Keep<T>(T node)
        where T : CelNode
    {
        if (_nodes.Count >= _environment.Limits.Nodes)
            throw Refuse(CelCodes.TooManyNodes, node.Span, $"more than {_environment.Limits.Nodes} parts", $"超过 {_environment.Limits.Nodes} 个组成部分");
        if (!_isChecked)
            node.Type = CelType.Dyn;
        _nodes.Add(node);
        return node;
    }

    private CelSpan Place(CelSpan span) => _place ?? span;

    private CelType Known(CelType type) => _types.Resolve(type);

    private ConstantNode Literal(LiteralSyntax literal) =>
        Keep(new ConstantNode(Place(literal.Span), TypeOf(literal.Value), literal.Value));

    private static CelType TypeOf(CelValue literal) => literal.Kind switch
    {
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        _ => CelType.Null,
    };

    private LogicNode Logic(LogicSyntax logic)
    {
        var operands = ImmutableArray.CreateBuilder<CelNode>(logic.Operands.Length);
        foreach (var operand in logic.Operands)
            operands.Add(Condition(operand, logic.IsAnd ? "&&" : "||"));
        return Keep(new LogicNode(Place(logic.Span), logic.IsAnd, operands.DrainToImmutable()));
    }

    // An operand that has to be a bool.
    private CelNode Condition(CelSyntax syntax, string where)
    {
        var node = Value(syntax);
        if (_isChecked && !_types.Agree(CelType.Bool, node.Type))
        {
            var type = Show(node.Type);
            throw Refuse(CelCodes.NoOverload, syntax.Span, $"'{where}' wants a bool, this is {type}", $"'{where}' 需要 bool，这里是 {type}");
        }
        return node;
    }

    private ListNode List(ListSyntax list)
    {
        var elements = ImmutableArray.CreateBuilder<CelNode>(list.Elements.Length);
        CelType? joined = null;
        for (var i = 0; i < list.Elements.Length; i++)
        {
            elements.Add(Value(list.Elements[i]));
            joined = Joined(joined, list.IsOptional[i] ? Unwrapped(elements[i], list.Elements[i]) : elements[i].Type);
        }
        return Keep(new ListNode(Place(list.Span), CelType.List(joined ?? _types.Fresh()), elements.DrainToImmutable(), list.IsOptional));
    }

    private MapNode Map(MapSyntax map)
    {
        var entries = ImmutableArray.CreateBuilder<CelNode>(2 * map.Keys.Length);
        CelType? keys = null;
        CelType? values = null;
        for (var i = 0; i < map.Keys.Length; i++)
        {
            entries.Add(Value(map.Keys[i]));
            keys = Joined(keys, KeyType(entries[^1].Type, map.Keys[i].Span));
            entries.Add(Value(map.Values[i]));
            values = Joined(values, map.IsOptional[i] ? Unwrapped(entries[^1], map.Values[i]) : entries[^1].Type);
        }
        var type = CelType.Map(keys ?? _types.Fresh(), values ?? _types.Fresh());
        return Keep(new MapNode(Place(map.Span), type, entries.DrainToImmutable(), map.IsOptional));
    }

    private CelType KeyType(CelType type, CelSpan span)
    {
        var known = Known(type);
        if (_isChecked && CelKinds.Of(known) is not (null or CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.String))
            throw Refuse(CelCodes.NoOverload, span, $"a map key is bool, int, uint or string, not {Show(known)}", $"映射的键不能是 {Show(known)}");
        return known;
    }

    private CelType Joined(CelType? former, CelType type) =>
        !_isChecked ? CelType.Dyn : former is null ? Known(type) : _types.Join(Known(former), Known(type)) ?? CelType.Dyn;

    // What an element marked with '?' holds.
    private CelType Unwrapped(CelNode node, CelSyntax syntax)
    {
        var type = Known(node.Type);
        if (!_isChecked || CelTypes.IsDyn(type))
            return CelType.Dyn;
        var inner = _types.Fresh();
        if (_types.Agree(CelType.Optional(inner), type))
            return Known(inner);
        throw Refuse(CelCodes.NoOverload, syntax.Span, $"'?' wants an optional, this is {Show(type)}", $"'?' 需要可选值，这里是 {Show(type)}");
    }

    private string Show(CelType type) => _types.Resolve(type, CelType.Dyn).ToString();
}

/// <summary>A checked expression: its typed tree, how many locals it needs, and all its nodes.</summary>
internal sealed record CheckedTree(CelNode Root, int LocalCount, List<CelNode> Nodes);
