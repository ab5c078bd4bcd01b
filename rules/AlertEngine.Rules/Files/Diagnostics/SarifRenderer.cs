using System.Text;
using System.Text.Json;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <summary>Renders findings as SARIF 2.1.0 (OASIS), which code hosts show beside the changed lines.</summary>
public static class SarifRenderer
{
    /// <summary>All findings, as one run of the tool <c>alertengine</c>.</summary>
    public static string Render(IReadOnlyCollection<RuleDiagnostic> diagnostics)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, JsonRenderer.Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, diagnostics);
            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (RuleDiagnostic diagnostic in diagnostics)
                WriteResult(json, diagnostic);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteTool(Utf8JsonWriter json, IReadOnlyCollection<RuleDiagnostic> diagnostics)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "alertengine");
        json.WriteStartArray("rules");
        foreach (string code in diagnostics.Select(diagnostic => diagnostic.Code).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            if (CodeTable.Find(code) is { } entry)
                WriteText(json, "shortDescription", $"{entry.Title.Zh} / {entry.Title.En}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, RuleDiagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", diagnostic.Code);
        json.WriteString("level", diagnostic.IsError ? "error" : "warning");
        WriteText(json, "message", $"{diagnostic.MessageZh} / {diagnostic.MessageEn}{(diagnostic.Fix is null ? "" : "; " + diagnostic.Fix)}");
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", UriOf(diagnostic.File));
        json.WriteEndObject();
        WriteRegion(json, diagnostic);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // A relative reference of RFC 3986: escaped segment by segment, so that folders stay folders.
    private static string UriOf(string file) => string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static void WriteRegion(Utf8JsonWriter json, RuleDiagnostic diagnostic)
    {
        if (diagnostic.Line == 0)
            return;
        json.WriteStartObject("region");
        json.WriteNumber("startLine", diagnostic.Line);
        json.WriteNumber("startColumn", diagnostic.Column);
        json.WriteNumber("endColumn", diagnostic.Column + diagnostic.Length);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
