using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Tests;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Finds what is probably wrong with a test that fails. An unknown name is no error by itself: an event of a type that no rule declares may show
/// that nothing happens, and a command may be there to be refused.
/// </summary>
internal sealed class FailureHints(TestFile file, TestCase test, RuleSet rules)
{
    // More explain nothing.
    private const int HintLimit = 5;

    /// <summary>The hints for a list that differs at an instant.</summary>
    public ImmutableArray<LocalText> Of(Duration at, ImmutableArray<ExpectedItem> expected, IReadOnlyList<CommandReply> replies) =>
        [.. UnknownRules(expected).Concat(UnknownTypes(at)).Concat(Refused(at, replies)).Distinct().Take(HintLimit)];

    private IEnumerable<LocalText> UnknownRules(ImmutableArray<ExpectedItem> expected)
    {
        HashSet<string> known = [.. rules.Rules.Select(rule => rule.Id)];
        return expected.SelectMany(item => item.Fields).Where(field => field.Name == "rule" && !known.Contains(field.Value))
            .Select(field => Unknown($"所加载的文件中没有规则“{field.Value}”", $"no rule '{field.Value}' in the loaded files", Suggestion.Nearest(field.Value, known)));
    }

    private IEnumerable<LocalText> UnknownTypes(Duration at) =>
        test.Events.Where(written => written.At <= at && !rules.Layouts.ContainsKey(written.Type)).Select(written => written.Type).Distinct()
            .Select(type => Unknown($"没有声明事件类型“{type}”", $"no event type '{type}' is declared", Suggestion.Nearest(type, rules.Layouts.Keys)));

    /// <summary>Each district answers a command; it was refused where none accepted it, and tells most where one found orders.</summary>
    private IEnumerable<LocalText> Refused(Duration at, IReadOnlyList<CommandReply> replies) =>
        replies.GroupBy(reply => reply.Command.Id, StringComparer.Ordinal)
            .Where(answers => answers.All(reply => reply.Outcome == CommandOutcome.Refused))
            .Select(answers => (Written: WrittenOf(answers.Key), Reply: answers.MaxBy(reply => reply.Orders.Length)!))
            .Where(refused => refused.Written.At <= at)
            .Select(refused => RefusalOf(refused.Written, refused.Reply.Reason ?? ""));

    private TestCommand WrittenOf(string commandId) => test.Commands[TestCommands.PlaceOf(commandId)];

    private LocalText RefusalOf(TestCommand written, string reason)
    {
        int line = file.Source.PositionOf(written.Span.Start).Line;
        string at = DurationText.Format(written.At);
        return new LocalText(
            string.Create(CultureInfo.InvariantCulture, $"第 {line} 行 {at} 的命令 {written.Command} 被拒绝：{reason}"),
            string.Create(CultureInfo.InvariantCulture, $"the command {written.Command} at {at} (line {line}) was refused: {reason}"));
    }

    private static LocalText Unknown(string zh, string en, string? near) =>
        near is null ? new LocalText(zh, en) : new LocalText($"{zh}；是否想写“{near}”？", $"{en}; did you mean '{near}'?");
}
