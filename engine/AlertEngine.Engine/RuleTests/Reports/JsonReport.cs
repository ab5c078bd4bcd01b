using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>The results for programs: one JSON object.</summary>
public static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole report.</summary>
    public static string Render(RuleTestReport report)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("passed", report.Passed);
            json.WriteNumber("failed", report.Failed);
            WriteArray(json, "files", report.Files, WriteFile);
            WriteArray(json, "coverage", report.Coverage, WriteCoverage);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteFile(Utf8JsonWriter json, RuleTestFileResult file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.Name);
        WriteArray(json, "diagnostics", file.Diagnostics, JsonRenderer.Write);
        WriteArray(json, "tests", file.Tests, WriteTest);
        json.WriteEndObject();
    }

    private static void WriteTest(Utf8JsonWriter json, RuleTestResult test)
    {
        json.WriteStartObject();
        json.WriteString("name", test.Name);
        json.WriteNumber("line", test.Line);
        json.WriteBoolean("passed", test.IsPassed);
        WriteArray(json, "failures", test.Failures, WriteFailure);
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, RuleTestFailure failure)
    {
        json.WriteStartObject();
        json.WriteNumber("line", failure.Line);
        json.WriteNumber("column", failure.Column);
        json.WriteString("at", failure.At is { } at ? DurationText.Format(at) : null);
        json.WriteString("list", failure.List);
        WriteArray(json, "differences", failure.Differences, WriteDifference);
        json.WriteString("nearestEvent", failure.NearestEvent);
        WriteArray(json, "hints", failure.Hints, WriteHint);
        json.WriteEndObject();
    }

    private static void WriteHint(Utf8JsonWriter json, LocalText hint)
    {
        json.WriteStartObject();
        json.WriteString("zh", hint.Zh);
        json.WriteString("en", hint.En);
        json.WriteEndObject();
    }

    private static void WriteDifference(Utf8JsonWriter json, RuleTestDifference difference)
    {
        json.WriteStartObject();
        json.WriteString("expected", difference.Expected);
        json.WriteString("actual", difference.Actual);
        json.WriteEndObject();
    }

    private static void WriteCoverage(Utf8JsonWriter json, RuleCoverage rule)
    {
        json.WriteStartObject();
        json.WriteString("rule", rule.RuleId);
        json.WriteBoolean("reached", rule.IsReached);
        json.WriteNumber("branches", rule.Branches);
        WriteArray(json, "unreachedBranches", rule.UnreachedBranches, WriteText);
        json.WriteNumber("routes", rule.Routes);
        WriteArray(json, "unreachedRoutes", rule.UnreachedRoutes, WriteText);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string text) => json.WriteStringValue(text);

    private static void WriteArray<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
            write(json, item);
        json.WriteEndArray();
    }
}
