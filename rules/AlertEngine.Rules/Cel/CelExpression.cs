using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Checking;
using AlertEngine.Rules.Cel.Compilation;
using AlertEngine.Rules.Cel.Interpretation;

namespace AlertEngine.Rules.Cel;

/// <summary>
/// A checked expression, in two forms: compiled for the hot path, interpreted for explanations. Both give the same value or error for
/// every frame. Immutable and thread-safe; compiled forms are made at the first call and kept.
/// </summary>
public sealed class CelExpression
{
    private readonly CheckedTree _tree;
    private readonly Lazy<CelCondition> _condition;
    private readonly Lazy<CelFunction> _function;
    private readonly Lazy<ImmutableArray<CelFieldUse>> _reads;

    internal CelExpression(string source, CheckedTree tree)
    {
        Source = source;
        _tree = tree;
        _condition = new(() => ReadyMade.Condition(tree.Root) ?? Compiler.Condition(tree));
        _function = new(() => ReadyMade.Function(tree.Root, Interpret) ?? new Compiler(tree).Function(Interpret));
        _reads = new(FindReads);
    }

    /// <summary>The source it was compiled from.</summary>
    public string Source { get; }

    /// <summary>The type of its value.</summary>
    public CelType Type => Root.Type;

    /// <summary>The fields of records that it reads or asks about, each once, in the order of the source.</summary>
    public ImmutableArray<CelFieldUse> Reads => _reads.Value;

    /// <summary>Whether its value is the same for every frame.</summary>
    public bool IsConstant => Folding.IsConstant(Root);

    /// <summary>Its value where it is constant, else null. The value of a constant expression may be an error.</summary>
    public CelValue? ConstantValue => IsConstant ? Interpret(new CelFrame(0)) : null;

    internal CelNode Root => _tree.Root;

    /// <summary>A boolean expression as two compiled functions. A value that is no bool makes both answer no.</summary>
    public CelCondition ToCondition() => _condition.Value;

    /// <summary>The expression as a compiled function of a frame.</summary>
    public CelFunction ToFunction() => _function.Value;

    /// <summary>The value by the interpreter.</summary>
    public CelValue Interpret(CelFrame frame)
    {
        frame.Reserve(_tree.LocalCount);
        return new Interpreter(frame).Evaluate(Root);
    }

    /// <summary>The value by the interpreter, with that of every sub-expression that was evaluated.</summary>
    public CelExplanation Explain(CelFrame frame)
    {
        frame.Reserve(_tree.LocalCount);
        var values = new Dictionary<CelNode, CelValue>(ReferenceEqualityComparer.Instance);
        var result = new Interpreter(frame, (node, value) => values[node] = value).Evaluate(Root);
        return CelExplanation.From(this, values, result);
    }

    /// <summary>
    /// The comparisons <c>field OP constant</c> that must all hold for the expression to be true: its own, where it is one, or those
    /// of a top-level conjunction. What an index over rules is built on; the whole condition is still asked afterwards.
    /// </summary>
    public ImmutableArray<CelFieldTest> RequiredTests() => FieldTests.Of(Root);

    private ImmutableArray<CelFieldUse> FindReads()
    {
        var uses = ImmutableArray.CreateBuilder<CelFieldUse>();
        foreach (var node in _tree.Nodes)
        {
            var slot = node switch { SlotNode read => read, HasSlotNode has => has.Slot, OptionalSlotNode optional => optional.Slot, _ => null };
            if (slot is not null && !uses.Any(use => use.Record == slot.Record && use.Field == slot.Field))
                uses.Add(new CelFieldUse(slot.Record, slot.Field));
        }
        return uses.DrainToImmutable();
    }
}

/// <summary>A field of a record that an expression reads.</summary>
/// <param name="Record">The record.</param>
/// <param name="Field">Its field.</param>
public sealed record CelFieldUse(CelRecordType Record, CelField Field);
