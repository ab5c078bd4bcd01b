using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <summary>Renders findings for programs: one JSON object with the counts and an array of findings.</summary>
public static class JsonRenderer
{
    internal static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All findings.</summary>
    public static string Render(IReadOnlyCollection<RuleDiagnostic> diagnostics)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("errors", diagnostics.Count(diagnostic => diagnostic.IsError));
            json.WriteNumber("warnings", diagnostics.Count(diagnostic => !diagnostic.IsError));
            json.WriteStartArray("diagnostics");
            foreach (RuleDiagnostic diagnostic in diagnostics)
                Write(json, diagnostic);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>One finding as an object: the same wherever findings are told to programs.</summary>
    public static void Write(Utf8JsonWriter json, RuleDiagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("file", diagnostic.File);
        json.WriteNumber("line", diagnostic.Line);
        json.WriteNumber("column", diagnostic.Column);
        json.WriteNumber("length", diagnostic.Length);
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", diagnostic.IsError ? "error" : "warning");
        json.WriteStartObject("message");
        json.WriteString("zh", diagnostic.MessageZh);
        json.WriteString("en", diagnostic.MessageEn);
        json.WriteEndObject();
        if (diagnostic.Fix is not null)
        {
            json.WriteStartObject("fix");
            json.WriteString("zh", diagnostic.FixZh ?? diagnostic.Fix);
            json.WriteString("en", diagnostic.Fix);
            json.WriteEndObject();
        }

        if (diagnostic.Replacement is not null)
            json.WriteString("replacement", diagnostic.Replacement);
        json.WriteEndObject();
    }
}
