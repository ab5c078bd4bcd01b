using AlertEngine.Rules.Cel.Checking;
using AlertEngine.Rules.Cel.Interpretation;

namespace AlertEngine.Rules.Cel.Compilation;

/// <summary>Parts of an expression that no frame can change: compiled code holds their value.</summary>
internal static class Folding
{
    /// <summary>Whether a node reads no slot and no local, and calls nothing that looks at the frame.</summary>
    internal static bool IsConstant(CelNode node) => node switch
    {
        ConstantNode => true,
        SlotNode or HasSlotNode or OptionalSlotNode or LocalNode or LoopNode or BindNode => false,
        CallNode call when !call.Site.Candidates.All(candidate => candidate.IsConstant) => false,
        _ => node.Children.All(IsConstant),
    };

    /// <summary>The value of a constant node, an error included; null for any other.</summary>
    internal static CelValue? Constant(CelNode node) => node is ConstantNode constant
        ? CelKinds.Conform(constant.Value, node.Type)
        : IsConstant(node) ? new Interpreter(new CelFrame(0)).Evaluate(node) : null;
}
