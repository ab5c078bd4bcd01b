using System.Collections.Immutable;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Tests;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>Puts into words what was not as expected, with its place in the test file.</summary>
internal sealed class FailureText(TestFile file, TestCase test)
{
    // Enough to tell which event it was; the rest is in the file.
    private const int DataShownChars = 120;

    private static readonly string[] AlwaysShown = ["rule", "key", "severity", "reason", "by", "route", "level", "revision", "operation"];

    /// <summary>A part of the test that could not be taken.</summary>
    public RuleTestFailure Refused(TextSpan span, string list, string why)
    {
        (int line, int column) = file.Source.PositionOf(span.Start);
        return new RuleTestFailure(line, column, null, list, [new RuleTestDifference(null, why)], null);
    }

    /// <summary>A list that differs.</summary>
    public RuleTestFailure Mismatch(TestExpectation expectation, string list, ImmutableArray<MismatchedPair> mismatches)
    {
        ExpectedItem? first = mismatches[0].Expected;
        (int line, int column) = file.Source.PositionOf((first?.Span ?? expectation.Span).Start);
        IEnumerable<RuleTestDifference> differences = mismatches.Select(pair => new RuleTestDifference(
            pair.Expected is null ? null : Text(pair.Expected), pair.Observed is null ? null : Text(pair.Observed, pair.Expected)));
        string? key = first?.Fields.FirstOrDefault(field => field.Name == "key")?.Value ?? mismatches[0].Observed?["key"].FirstOrDefault();
        return new RuleTestFailure(line, column, expectation.At, list, [.. differences], NearestEvent(expectation.At, key));
    }

    private static string Text(ExpectedItem item) => "{ " + string.Join(", ", item.Fields.Select(field => $"{field.Name}: {field.Value}")) + " }";

    /// <summary>What people look for first, and every field that the expectation names.</summary>
    private static string Text(ObservedItem item, ExpectedItem? beside)
    {
        HashSet<string> named = [.. AlwaysShown, .. beside?.Fields.Select(field => field.Name) ?? []];
        return "{ " + string.Join(", ", item.Fields.Where(field => named.Contains(field.Name)).Select(field => $"{field.Name}: {string.Join(" | ", field.Values)}")) + " }";
    }

    /// <summary>The last event up to the instant: one whose device is the key, if there is any.</summary>
    private string? NearestEvent(Duration at, string? key)
    {
        IEnumerable<TestEvent> before = test.Events.Where(written => written.At <= at);
        TestEvent? nearest = before.Where(written => written.Device == key).MaxBy(written => written.At) ?? before.MaxBy(written => written.At);
        if (nearest is null)
            return null;
        (int line, _) = file.Source.PositionOf(nearest.Span.Start);
        return $"{DurationText.Format(nearest.At)} {nearest.Type} {nearest.Device} {DataOf(nearest.Data)} (line {line})";
    }

    private string DataOf(YamlMapping? data)
    {
        if (data is null)
            return "{}";
        string text = file.Source.Text.Substring(data.Span.Start, Math.Min(data.Span.Length, DataShownChars)).ReplaceLineEndings(" ");
        return data.Span.Length > DataShownChars ? text + "…" : text;
    }
}
