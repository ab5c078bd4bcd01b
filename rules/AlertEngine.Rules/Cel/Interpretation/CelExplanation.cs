using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Checking;

namespace AlertEngine.Rules.Cel;

/// <summary>One sub-expression and the value that it had.</summary>
/// <param name="Span">Its place in the source.</param>
/// <param name="Text">Its text.</param>
/// <param name="Depth">How far below the whole expression it is, which has 0.</param>
/// <param name="Value">Its value, an error included; <see cref="CelKind.Missing"/> where it was not evaluated.</param>
public sealed record CelExplainedPart(CelSpan Span, string Text, int Depth, CelValue Value)
{
    /// <summary>Whether evaluation came here; a connective that is decided leaves the rest alone.</summary>
    public bool IsEvaluated => Value.IsPresent;

    /// <summary><c>event.level_m > params.limit_m = true</c>.</summary>
    public override string ToString() => $"{Text} = {(IsEvaluated ? CelFormat.Literal(Value) : "(not evaluated)")}";
}

/// <summary>Why an expression has its value: every sub-expression but literals, from the whole inwards, in the order of the source.</summary>
/// <param name="Value">The value of the whole.</param>
/// <param name="Parts">The parts; the first is the whole. What a macro of the rule file stands for is shown as the macro's use. Loop bodies are left out.</param>
public sealed record CelExplanation(CelValue Value, ImmutableArray<CelExplainedPart> Parts)
{
    internal static CelExplanation From(CelExpression expression, Dictionary<CelNode, CelValue> values, CelValue result)
    {
        var parts = ImmutableArray.CreateBuilder<CelExplainedPart>();
        Add(parts, expression.Source, expression.Root, 0, values);
        return new CelExplanation(result, parts.DrainToImmutable());
    }

    private static void Add(ImmutableArray<CelExplainedPart>.Builder parts, string source, CelNode node, int depth, Dictionary<CelNode, CelValue> values)
    {
        if (node is ConstantNode { Name: null } && depth > 0)
            return;
        var text = source.Substring(node.Span.Start, node.Span.Length);
        var isShown = parts.Count == 0 || parts[^1].Span != node.Span || values.ContainsKey(node);
        if (isShown)
            parts.Add(new CelExplainedPart(node.Span, text, depth, values.GetValueOrDefault(node)));
        if (node is LoopNode loop)
        {
            Add(parts, source, loop.Range, depth + 1, values);
            return;
        }
        foreach (var child in node.Children)
            Add(parts, source, child, depth + 1, values);
    }
}
