using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel.Checking;

/// <summary>Warnings about expressions that work, but probably not as they were meant.</summary>
internal sealed class Lint
{
    private readonly List<CelDiagnostic> _findings = [];

    // `present` are the optional fields that are there whenever the expression is asked.
    internal static ImmutableArray<CelDiagnostic> Findings(CelNode root, CelType? expected, ImmutableHashSet<string> present)
    {
        var lint = new Lint();
        lint.Visit(root, present);
        if (expected == CelType.Bool && root is ConstantNode { Value.Kind: CelKind.Bool, Name: null } constant && root.Span.Length > 5)
            lint.Report(CelCodes.AlwaysSame, root.Span, $"the condition is always {CelFormat.Literal(constant.Value)}", "条件恒定");
        return [.. lint._findings.OrderBy(finding => finding.Start).DistinctBy(finding => (finding.Code, finding.Start, finding.Length))];
    }

    private void Report(CelCode code, CelSpan span, string en, string zh, string? fixEn = null, string? fixZh = null) =>
        _findings.Add(code.At(span, en, zh) with { FixEn = fixEn, FixZh = fixZh });

    // `known` are the optional fields that are there wherever the node's value matters.
    private void Visit(CelNode node, ImmutableHashSet<string> known)
    {
        switch (node)
        {
            case SlotNode { Field.IsOptional: true } slot when !known.Contains(slot.Name):
                Report(CelCodes.OptionalRead, slot.Span, $"'{slot.Name}' may be missing", $"'{slot.Name}' 可能缺失",
                    $"write has({slot.Name}) && …", $"请先判断 has({slot.Name}) && …");
                break;
            case LogicNode logic:
                VisitLogic(logic, known);
                return;
            case ConditionalNode conditional:
                Visit(conditional.Condition, known);
                Visit(conditional.Then, known.Union(Presence.When(conditional.Condition, true)));
                Visit(conditional.Otherwise, known.Union(Presence.When(conditional.Condition, false)));
                return;
            case CallNode call:
                Inspect(call);
                break;
        }
        foreach (var child in node.Children)
            Visit(child, known);
    }

    // && is commutative: a has() on either side covers the other.
    private void VisitLogic(LogicNode logic, ImmutableHashSet<string> known)
    {
        for (var i = 0; i < logic.Operands.Length; i++)
        {
            var others = known;
            for (var j = 0; j < logic.Operands.Length; j++)
            {
                if (j != i)
                    others = others.Union(Presence.When(logic.Operands[j], logic.IsAnd));
            }
            Visit(logic.Operands[i], others);
        }
    }

    private void Inspect(CallNode call)
    {
        if (call.Arguments.Length == 2 && call.Function is CelOperators.Equal or CelOperators.NotEqual)
            InspectEquality(call);
        if (call.Arguments.Length == 2 && IsRelation(call.Function))
            InspectRange(call);
        if (call.Arguments.Length == 2 && (IsRelation(call.Function) || call.Function is CelOperators.Add or CelOperators.Subtract))
            InspectUnits(call);
        if (call.Arguments.Length == 1 && call.Arguments[0].Type == CelType.Timestamp && call.Function.StartsWith("get", StringComparison.Ordinal))
        {
            Report(CelCodes.UtcGetter, call.Span, $"{call.Function}() without a zone is UTC", $"{call.Function}() 未指定时区，按 UTC 计算",
                $"write {call.Function}(ctx.tz)", $"请写 {call.Function}(ctx.tz)");
        }
    }

    private static bool IsRelation(string function) => function is CelOperators.Equal or CelOperators.NotEqual or CelOperators.Less
        or CelOperators.LessOrEqual or CelOperators.Greater or CelOperators.GreaterOrEqual;

    private void InspectEquality(CallNode call)
    {
        if (call.Arguments[0].Type == CelType.Double && call.Arguments[1].Type == CelType.Double)
        {
            Report(CelCodes.DoubleEquality, call.Span, $"'{CelOperators.Written(call.Function)}' on doubles is rarely true", "小数很少恰好相等",
                "compare with a range: math.abs(a - b) < 0.001", "请比较差值：math.abs(a - b) < 0.001");
        }
    }

    private void InspectRange(CallNode call)
    {
        var (slot, constant) = (call.Arguments[0], call.Arguments[1]) switch
        {
            (SlotNode left, ConstantNode right) => (left, right),
            (ConstantNode left, SlotNode right) => (right, left),
            _ => (null, null),
        };
        if (slot is null || Number(constant!.Value) is not { } number)
            return;
        var (low, high) = (slot.Field.Minimum, slot.Field.Maximum);
        if (number < low || number > high)
        {
            Report(CelCodes.OutsideRange, constant.Span, $"{CelFormat.Literal(constant.Value)} is outside the range of '{slot.Name}', [{low}, {high}]",
                $"{CelFormat.Literal(constant.Value)} 超出 '{slot.Name}' 的范围 [{low}, {high}]");
        }
    }

    private static double? Number(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.Double => value.AsDouble,
        _ => null,
    };

    private void InspectUnits(CallNode call)
    {
        if (call.Arguments is [SlotNode { Field.Unit: { } left } a, SlotNode { Field.Unit: { } right } b] && left != right)
            Report(CelCodes.MixedUnits, call.Span, $"'{a.Name}' is in {left}, '{b.Name}' in {right}", $"'{a.Name}' 的单位是 {left}，'{b.Name}' 的单位是 {right}");
    }
}
