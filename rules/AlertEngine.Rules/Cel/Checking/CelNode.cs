using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Checking;

/// <summary>A node of the checked, typed tree: what both forms of an expression are made from. Read-only once checking has ended.</summary>
internal abstract class CelNode(CelSpan span, CelType type)
{
    /// <summary>Its place in the source; inside a macro of the rule file, the place of the macro's use.</summary>
    internal CelSpan Span { get; } = span;

    /// <summary>Its type. Variables in it are resolved when checking ends.</summary>
    internal CelType Type { get; set; } = type;

    /// <summary>The nodes below, in source order.</summary>
    internal abstract ImmutableArray<CelNode> Children { get; }
}

/// <summary>A literal, a declared constant, a type's name.</summary>
internal sealed class ConstantNode(CelSpan span, CelType type, CelValue value) : CelNode(span, type)
{
    internal CelValue Value { get; } = value;

    /// <summary>The constant's declared name; null for a literal.</summary>
    internal string? Name { get; init; }

    internal override ImmutableArray<CelNode> Children => [];
}

/// <summary>A field of a record, or a plain variable: one slot of the frame.</summary>
internal sealed class SlotNode(CelSpan span, CelRecordType record, CelField field, string name) : CelNode(span, field.Type)
{
    internal CelRecordType Record { get; } = record;

    internal CelField Field { get; } = field;

    /// <summary>As it is written: <c>event.level_m</c>.</summary>
    internal string Name { get; } = name;

    /// <summary>The error of reading it when it is missing, made once.</summary>
    internal CelValue Missing { get; } = CelErrors.MissingField(name);

    internal override ImmutableArray<CelNode> Children => [];
}

/// <summary><c>has(event.field)</c>.</summary>
internal sealed class HasSlotNode(CelSpan span, SlotNode slot) : CelNode(span, CelType.Bool)
{
    internal SlotNode Slot { get; } = slot;

    // The slot is asked about, not read: it is not part of the evaluation.
    internal override ImmutableArray<CelNode> Children => [];
}

/// <summary><c>event.?field</c>.</summary>
internal sealed class OptionalSlotNode(CelSpan span, SlotNode slot) : CelNode(span, CelType.Optional(slot.Type))
{
    internal SlotNode Slot { get; } = slot;

    internal override ImmutableArray<CelNode> Children => [];
}

/// <summary>A variable of a macro or binding: one place of the frame's locals.</summary>
internal sealed class LocalNode(CelSpan span, CelType type, int index, string name) : CelNode(span, type)
{
    internal int Index { get; } = index;

    internal string Name { get; } = name;

    internal override ImmutableArray<CelNode> Children => [];
}

/// <summary>How a field is selected from a map or an optional.</summary>
internal enum CelSelection
{
    Read,
    Test,
    Optional,
}

/// <summary>A field of a map, an optional or a dynamic value.</summary>
internal sealed class SelectNode(CelSpan span, CelType type, CelNode operand, string field, CelSelection selection) : CelNode(span, type)
{
    internal CelNode Operand { get; } = operand;

    internal CelValue Key { get; } = CelValue.Of(field);

    internal CelSelection Selection { get; } = selection;

    internal override ImmutableArray<CelNode> Children => [Operand];
}

/// <summary>A call of a function or operator.</summary>
internal sealed class CallNode(CelSpan span, CelType type, CelCallSite site, ImmutableArray<CelNode> arguments) : CelNode(span, type)
{
    internal CelCallSite Site { get; } = site;

    internal string Function => Site.Function;

    internal ImmutableArray<CelNode> Arguments { get; } = arguments;

    internal override ImmutableArray<CelNode> Children => Arguments;
}

/// <summary>A chain of <c>&amp;&amp;</c> or <c>||</c>.</summary>
internal sealed class LogicNode(CelSpan span, bool isAnd, ImmutableArray<CelNode> operands) : CelNode(span, CelType.Bool)
{
    internal bool IsAnd { get; } = isAnd;

    internal ImmutableArray<CelNode> Operands { get; } = operands;

    internal override ImmutableArray<CelNode> Children => Operands;
}

/// <summary><c>!x</c>.</summary>
internal sealed class NotNode(CelSpan span, CelNode operand) : CelNode(span, CelType.Bool)
{
    internal CelNode Operand { get; } = operand;

    internal override ImmutableArray<CelNode> Children => [Operand];
}

/// <summary><c>c ? a : b</c>.</summary>
internal sealed class ConditionalNode(CelSpan span, CelType type, CelNode condition, CelNode then, CelNode otherwise) : CelNode(span, type)
{
    internal CelNode Condition { get; } = condition;

    internal CelNode Then { get; } = then;

    internal CelNode Otherwise { get; } = otherwise;

    internal override ImmutableArray<CelNode> Children => [Condition, Then, Otherwise];
}

/// <summary>A list literal.</summary>
internal sealed class ListNode(CelSpan span, CelType type, ImmutableArray<CelNode> elements, ImmutableArray<bool> isOptional) : CelNode(span, type)
{
    internal ImmutableArray<CelNode> Elements { get; } = elements;

    internal ImmutableArray<bool> IsOptional { get; } = isOptional;

    internal override ImmutableArray<CelNode> Children => Elements;
}

/// <summary>A map literal; keys and values alternate in <see cref="Children"/>.</summary>
internal sealed class MapNode(CelSpan span, CelType type, ImmutableArray<CelNode> entries, ImmutableArray<bool> isOptional) : CelNode(span, type)
{
    internal ImmutableArray<bool> IsOptional { get; } = isOptional;

    internal override ImmutableArray<CelNode> Children { get; } = entries;
}

/// <summary>A macro over a list or map. Variables are the locals <see cref="FirstLocal"/> and, where there are two, the next.</summary>
internal sealed class LoopNode(CelSpan span, CelType type, CelLoopKind kind, CelNode range, int firstLocal, bool hasTwo, CelNode? filter, CelNode body)
    : CelNode(span, type)
{
    internal CelLoopKind Kind { get; } = kind;

    internal CelNode Range { get; } = range;

    internal int FirstLocal { get; } = firstLocal;

    internal bool HasTwo { get; } = hasTwo;

    internal CelNode? Filter { get; } = filter;

    internal CelNode Body { get; } = body;

    internal override ImmutableArray<CelNode> Children => Filter is null ? [Range, Body] : [Range, Filter, Body];
}

/// <summary>A binding of a local.</summary>
internal sealed class BindNode(CelSpan span, CelType type, CelBindKind kind, int local, CelNode value, CelNode body) : CelNode(span, type)
{
    internal CelBindKind Kind { get; } = kind;

    internal int Local { get; } = local;

    internal CelNode Value { get; } = value;

    internal CelNode Body { get; } = body;

    internal override ImmutableArray<CelNode> Children => [Value, Body];
}
