using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;

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
            json.WriteStartArray("files");
            foreach (RuleTestFileResult file in report.Files)
                WriteFile(json, file);
            json.WriteEndArray();
            json.WriteStartArray("coverage");
            foreach (RuleCoverage rule in report.Coverage)
                WriteCoverage(json, rule);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteFile(Utf8JsonWriter json, RuleTestFileResult file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.Name);
        json.WriteStartArray("diagnostics");
        foreach (RuleDiagnostic finding in file.Diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("file", finding.File);
            json.WriteNumber("line", finding.Line);
            json.WriteNumber("column", finding.Column);
            json.WriteString("code", finding.Code);
            json.WriteString("zh", finding.MessageZh);
            json.WriteString("en", finding.MessageEn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("tests");
        foreach (RuleTestResult test in file.Tests)
            WriteTest(json, test);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTest(Utf8JsonWriter json, RuleTestResult test)
    {
        json.WriteStartObject();
        json.WriteString("name", test.Name);
        json.WriteNumber("line", test.Line);
        json.WriteBoolean("passed", test.IsPassed);
        json.WriteStartArray("failures");
        foreach (RuleTestFailure failure in test.Failures)
            WriteFailure(json, failure);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, RuleTestFailure failure)
    {
        json.WriteStartObject();
        json.WriteNumber("line", failure.Line);
        json.WriteNumber("column", failure.Column);
        WriteOptional(json, "at", failure.At is { } at ? DurationText.Format(at) : null);
        json.WriteString("list", failure.List);
        json.WriteStartArray("differences");
        foreach (RuleTestDifference difference in failure.Differences)
        {
            json.WriteStartObject();
            WriteOptional(json, "expected", difference.Expected);
            WriteOptional(json, "actual", difference.Actual);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteOptional(json, "nearestEvent", failure.NearestEvent);
        json.WriteEndObject();
    }

    private static void WriteCoverage(Utf8JsonWriter json, RuleCoverage rule)
    {
        json.WriteStartObject();
        json.WriteString("rule", rule.RuleId);
        json.WriteBoolean("reached", rule.IsReached);
        json.WriteNumber("branches", rule.Branches);
        WriteTexts(json, "unreachedBranches", rule.UnreachedBranches);
        json.WriteNumber("routes", rule.Routes);
        WriteTexts(json, "unreachedRoutes", rule.UnreachedRoutes);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        else
            json.WriteString(name, value);
    }
}
