using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>A node of the parsed, unchecked tree. Immutable.</summary>
internal abstract class CelSyntax(CelSpan span, int depth)
{
    /// <summary>The node's place in the source.</summary>
    internal CelSpan Span { get; } = span;

    /// <summary>The height of the tree below, this node included: chains grow it without recursion of the parser.</summary>
    internal int Depth { get; } = depth;
}

/// <summary>A literal.</summary>
internal sealed class LiteralSyntax(CelSpan span, CelValue value) : CelSyntax(span, 1)
{
    internal CelValue Value { get; } = value;
}

/// <summary>A name, or <c>.name</c> from the root.</summary>
internal sealed class NameSyntax(CelSpan span, string name, bool isAbsolute) : CelSyntax(span, 1)
{
    internal string Name { get; } = name;

    internal bool IsAbsolute { get; } = isAbsolute;
}

/// <summary><c>operand.field</c>, <c>operand.?field</c> or, inside <c>has()</c>, the question whether the field is there.</summary>
internal sealed class SelectSyntax(CelSpan span, CelSyntax operand, string field, CelSpan fieldSpan, bool isQuoted, bool isOptional, bool isTest)
    : CelSyntax(span, operand.Depth + 1)
{
    internal CelSyntax Operand { get; } = operand;

    internal string Field { get; } = field;

    internal CelSpan FieldSpan { get; } = fieldSpan;

    internal bool IsQuoted { get; } = isQuoted;

    internal bool IsOptional { get; } = isOptional;

    internal bool IsTest { get; } = isTest;
}

/// <summary>A call: of a function, of a member function, or of an operator by its name (<c>_+_</c>).</summary>
internal sealed class CallSyntax(CelSpan span, string function, CelSpan nameSpan, CelSyntax? target, ImmutableArray<CelSyntax> arguments, bool isAbsolute = false)
    : CelSyntax(span, 1 + Math.Max(target?.Depth ?? 0, Highest(arguments)))
{
    internal string Function { get; } = function;

    internal CelSpan NameSpan { get; } = nameSpan;

    internal CelSyntax? Target { get; } = target;

    internal ImmutableArray<CelSyntax> Arguments { get; } = arguments;

    internal bool IsAbsolute { get; } = isAbsolute;

    internal static int Highest(ImmutableArray<CelSyntax> nodes)
    {
        var depth = 0;
        foreach (var node in nodes)
            depth = Math.Max(depth, node.Depth);
        return depth;
    }
}

/// <summary><c>a &amp;&amp; b &amp;&amp; c</c> or <c>a || b || c</c>, flat: a chain of a thousand does not nest.</summary>
internal sealed class LogicSyntax(CelSpan span, bool isAnd, ImmutableArray<CelSyntax> operands) : CelSyntax(span, 1 + CallSyntax.Highest(operands))
{
    internal bool IsAnd { get; } = isAnd;

    internal ImmutableArray<CelSyntax> Operands { get; } = operands;
}

/// <summary>A list literal; <c>[?x]</c> marks an element that is there only where the optional has a value.</summary>
internal sealed class ListSyntax(CelSpan span, ImmutableArray<CelSyntax> elements, ImmutableArray<bool> isOptional) : CelSyntax(span, 1 + CallSyntax.Highest(elements))
{
    internal ImmutableArray<CelSyntax> Elements { get; } = elements;

    internal ImmutableArray<bool> IsOptional { get; } = isOptional;
}

/// <summary>A map literal: keys and values by the same index.</summary>
internal sealed class MapSyntax(CelSpan span, ImmutableArray<CelSyntax> keys, ImmutableArray<CelSyntax> values, ImmutableArray<bool> isOptional)
    : CelSyntax(span, 1 + Math.Max(CallSyntax.Highest(keys), CallSyntax.Highest(values)))
{
    internal ImmutableArray<CelSyntax> Keys { get; } = keys;

    internal ImmutableArray<CelSyntax> Values { get; } = values;

    internal ImmutableArray<bool> IsOptional { get; } = isOptional;
}

/// <summary>What a macro over a list or map makes.</summary>
internal enum CelLoopKind
{
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
    TransformMap,
    TransformMapEntry,
}

/// <summary>A macro over a list or map: <c>range.all(x, body)</c>, <c>range.map(x, filter, body)</c>, <c>range.transformMap(k, v, body)</c>.</summary>
internal sealed class LoopSyntax(CelSpan span, CelLoopKind kind, CelSyntax range, string first, string? second, CelSyntax? filter, CelSyntax body)
    : CelSyntax(span, 1 + Math.Max(range.Depth, Math.Max(filter?.Depth ?? 0, body.Depth)))
{
    internal CelLoopKind Kind { get; } = kind;

    internal CelSyntax Range { get; } = range;

    internal string First { get; } = first;

    internal string? Second { get; } = second;

    internal CelSyntax? Filter { get; } = filter;

    internal CelSyntax Body { get; } = body;
}

/// <summary>What a binding does with its value.</summary>
internal enum CelBindKind
{
    /// <summary><c>cel.bind(x, value, body)</c>.</summary>
    Bind,

    /// <summary><c>value.optMap(x, body)</c>: the body's value as an optional, or none.</summary>
    OptionalMap,

    /// <summary><c>value.optFlatMap(x, body)</c>: the body's optional, or none.</summary>
    OptionalFlatMap,
}

/// <summary>A name bound to a value within a body.</summary>
internal sealed class BindSyntax(CelSpan span, CelBindKind kind, string name, CelSyntax value, CelSyntax body) : CelSyntax(span, 1 + Math.Max(value.Depth, body.Depth))
{
    internal CelBindKind Kind { get; } = kind;

    internal string Name { get; } = name;

    internal CelSyntax Value { get; } = value;

    internal CelSyntax Body { get; } = body;
}
