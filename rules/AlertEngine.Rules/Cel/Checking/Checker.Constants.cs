using AlertEngine.Rules.Cel.Library;

namespace AlertEngine.Rules.Cel.Checking;

/// <content>Constant arguments that can never work are refused at load: a bad pattern, a text that is no duration.</content>
internal sealed partial class Checker
{
    private CallNode CheckConstants(CallNode node)
    {
        if (!_isChecked)
            return node;
        if (node.Function == "matches" && node.Arguments[1] is ConstantNode { Value.AsString: { } pattern } constant)
            CheckPattern(pattern, constant);
        else if (node.Function is "duration" or "timestamp" && node.Arguments is [ConstantNode { Value.AsString: { } text } argument])
            CheckTime(node.Function, text, argument);
        return node;
    }

    private void CheckPattern(string pattern, ConstantNode constant)
    {
        if (CelPattern.Compile(pattern) is { Error: { } fault })
            throw Refuse(CelCodes.BadPattern, constant.Span, $"'{pattern}': {fault.En}", $"'{pattern}'：{fault.Zh}");
    }

    private void CheckTime(string function, string text, ConstantNode argument)
    {
        var isFine = function == "duration" ? CelDurationText.TryParse(text, out _) : CelTimestampText.TryParse(text, out _);
        if (isFine)
            return;
        var example = function == "duration" ? "duration('1h30m')" : "timestamp('2026-07-01T08:00:00+08:00')";
        throw Refuse(CelCodes.BadConstant, argument.Span, $"'{text}' is no {function}", $"'{text}' 不是有效的 {function}", ($"for example {example}", $"例如 {example}"));
    }
}
