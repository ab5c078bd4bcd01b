using System.Text;
using System.Text.Json;

namespace AlertEngine.Host.Reports;

/// <summary>A dead letter as people read it.</summary>
internal sealed class DeadLetterText(JsonElement message)
{
    private static readonly string[] Told = ["code", "message", "topic", "partition", "offset", "ruleset"];

    /// <summary>The message as it was published.</summary>
    public JsonElement Message => message;

    /// <summary>The dead letter's id.</summary>
    public string Id => Text(message, "id");

    private JsonElement Data => message.ValueKind == JsonValueKind.Object && message.TryGetProperty("data", out JsonElement data) ? data : default;

    private string Error(string name) =>
        Data.ValueKind == JsonValueKind.Object && Data.TryGetProperty("__alertengine", out JsonElement ours) && ours.TryGetProperty("errors", out JsonElement errors) ? Text(errors, name) : "";

    /// <summary>All of it, with what was sent at the end.</summary>
    public void Write(TextWriter output, Words words)
    {
        output.WriteLine($"id         {Printable(Id)}");
        foreach (string name in Told)
            output.WriteLine($"{name,-10} {Printable(Error(name))}");
        output.WriteLine($"bytes      {Printable(Text(Data, "valueBytes"))}");
        output.WriteLine($"sha256     {Printable(Text(Data, "valueSha256"))}");
        WriteHeaders(output);
        output.WriteLine();
        output.WriteLine(Original(words));
    }

    private void WriteHeaders(TextWriter output)
    {
        if (Data.ValueKind != JsonValueKind.Object || !Data.TryGetProperty("headers", out JsonElement headers) || headers.ValueKind != JsonValueKind.Array)
            return;
        foreach (JsonElement header in headers.EnumerateArray())
            output.WriteLine($"header     {Printable(Text(header, "name"))} (base64) {Printable(Text(header, "valueBase64"))}");
    }

    private string Original(Words words)
    {
        if (Text(Data, "value") is { Length: > 0 } value)
            return Printable(value);
        if (Text(Data, "valueBase64") is { Length: > 0 } bytes)
            return $"{words.Of("（不是 UTF-8，以 base64 显示）", "(not UTF-8, shown as base64)")}\n{Printable(bytes)}";
        return words.Of("（原文未保留：其中可能有敏感字段）", "(withheld: it may hold a sensitive field)");
    }

    private static string Text(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? member.ToString() : "";

    /// <summary>What a stranger sent must not steer the reader's terminal: control characters are shown as escapes.</summary>
    public static string Printable(string text)
    {
        if (!text.Any(IsControl))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        foreach (char character in text)
            shown.Append(IsControl(character) ? $"\\u{(int)character:x4}" : character);
        return shown.ToString();
    }

    private static bool IsControl(char character) => char.IsControl(character) && character is not ('\n' or '\t');
}
