using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>
/// Reads the commands of a test. One that production would refuse whatever there is can only be a slip: the test would pass or fail for another
/// reason than its writer believes.
/// </summary>
internal static class TestCommandReader
{
    private static readonly string[] Silences = ["silence", "unsilence"];

    public static TestCommand Read(YamlMapping entry, SourceText source, DiagnosticBag diagnostics)
    {
        string word = entry.Text("command") ?? "";
        CheckNeeds(entry, word, source, diagnostics);
        CheckBelongings(entry, word, source, diagnostics);
        return new TestCommand
        {
            Span = entry.Span,
            At = entry.Wait("at") ?? NodaTime.Duration.Zero,
            Command = word,
            Rule = entry.Scalar("rule"),
            Key = TestFileReader.KeyOf(entry),
            Order = entry.Text("order"),
            Unit = entry.Text("unit"),
            District = entry.Text("district"),
            EventClass = entry.Text("class"),
            Until = entry.Wait("until"),
            To = entry.Text("to"),
            Actor = entry.Text("actor") ?? "test",
            Reason = entry.Text("reason") ?? "test",
        };
    }

    private static void CheckNeeds(YamlMapping entry, string word, SourceText source, DiagnosticBag diagnostics)
    {
        TextSpan span = entry.Scalar("command")?.Span ?? entry.Span;
        if (word is "silence" or "extend" && entry.Find("until") is null)
        {
            diagnostics.Report(FileCodes.CommandLacks, source, span, $"'{word}' needs 'until'",
                ("写明至何时，从 start 起：until: 1h", "say until when, counted from the start: until: 1h"));
        }

        if (word == "reassign" && entry.Find("to") is null)
            diagnostics.Report(FileCodes.CommandLacks, source, span, "'reassign' needs 'to'", ("写明转给哪个单位：to: 单位", "say which unit gets the order: to: UNIT"));
        if (word == "silence" && entry.Wait("until") is { } until && until <= (entry.Wait("at") ?? NodaTime.Duration.Zero))
        {
            diagnostics.Report(FileCodes.CommandLacks, source, entry.Find("until")!.Span, "a silence needs an 'until' later than its 'at'",
                ("until 从测试的 start 起算，不是从 at 起算", "'until' counts from the start of the test, not from 'at'"));
        }
    }

    private static void CheckBelongings(YamlMapping entry, string word, SourceText source, DiagnosticBag diagnostics)
    {
        bool isSilence = Silences.Contains(word);
        Refuse("until", word is "silence" or "extend", "silence, extend");
        Refuse("to", word == "reassign", "reassign");
        Refuse("class", isSilence, "silence, unsilence");
        Refuse("district", isSilence, "silence, unsilence");
        Refuse("order", !isSilence, "acknowledge, close, …");
        Refuse("unit", !isSilence, "acknowledge, close, …");

        void Refuse(string member, bool belongs, string to)
        {
            if (!belongs && entry.Entry(member) is { } written)
                diagnostics.Report(FileCodes.CommandMember, source, written.Key.Span, $"'{member}' does not belong to '{word}'", ($"它属于 {to}", $"it belongs to {to}"));
        }
    }
}
