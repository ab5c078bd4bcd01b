namespace AlertEngine.Rules.Cel.Checking;

/// <summary>
/// What an evaluation may cost at most: every node once, those of a loop's body as often as the loop may turn. Sizes come from literals
/// and constants; where nothing is known, from the limits. A wall clock would break replay.
/// </summary>
internal static class CostEstimate
{
    internal static void Require(CelNode root, CelLimits limits)
    {
        var cost = new Walk(limits).Cost(root);
        if (cost > limits.Cost)
        {
            throw new CelRefusal(CelCodes.TooExpensive.At(root.Span,
                $"the expression may take {cost} steps, the limit is {limits.Cost}", $"表达式可能需要 {cost} 步，上限为 {limits.Cost}"));
        }
    }

    private sealed class Walk(CelLimits limits)
    {
        private readonly Dictionary<int, long> _localSizes = [];

        internal long Cost(CelNode node)
        {
            var cost = node is CallNode call ? CallCost(call) : 1L;
            if (node is LoopNode loop)
                return Add(cost, LoopCost(loop));
            if (node is BindNode bind)
                return Add(cost, BindCost(bind));
            foreach (var child in node.Children)
                cost = Add(cost, Cost(child));
            return cost;
        }

        private long CallCost(CallNode call)
        {
            var own = call.Site.Candidates.Length == 0 ? 1 : call.Site.Candidates.Max(candidate => candidate.Cost);
            // Membership walks a list; concatenation copies.
            return call.Function is Syntax.CelOperators.In or Syntax.CelOperators.Add && call.Arguments.Length == 2 && !CelKinds.IsScalar(call.Arguments[1].Type)
                ? Add(own, Size(call.Arguments[1]))
                : own;
        }

        private long BindCost(BindNode bind)
        {
            var value = Cost(bind.Value);
            _localSizes[bind.Local] = Size(bind.Value);
            return Add(value, Cost(bind.Body));
        }

        private long LoopCost(LoopNode loop)
        {
            var cost = Cost(loop.Range);
            _localSizes[loop.FirstLocal] = limits.AssumedSize;
            _localSizes[loop.FirstLocal + 1] = limits.AssumedSize;
            var body = Add(loop.Filter is null ? 1 : Cost(loop.Filter), Cost(loop.Body));
            return Add(cost, Multiply(Size(loop.Range), body));
        }

        // How many elements a list or map may have.
        private long Size(CelNode node) => node switch
        {
            ConstantNode { Value.AsList: { } list } => list.Count,
            ConstantNode { Value.AsMap: { } map } => map.Count,
            ListNode list => list.Elements.Length,
            MapNode map => map.IsOptional.Length,
            LoopNode loop => Size(loop.Range),
            BindNode bind => Size(bind.Body),
            LocalNode local => _localSizes.GetValueOrDefault(local.Index, limits.AssumedSize),
            ConditionalNode conditional => Math.Max(Size(conditional.Then), Size(conditional.Otherwise)),
            CallNode { Function: Syntax.CelOperators.Add, Arguments: [var left, var right] } => Add(Size(left), Size(right)),
            _ => limits.AssumedSize,
        };
    }

    // Saturating: a cost beyond 64 bits is beyond every limit.
    private static long Add(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static long Multiply(long a, long b) => a != 0 && b > long.MaxValue / a ? long.MaxValue : a * b;
}
