using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>The records of one JSON document: the items of an array, or the members of an object as <c>{ key, value }</c>.</summary>
internal static class JsonRows
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    internal static IEnumerable<DocumentRow> Read(string text, ImmutableArray<string> records)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, Options);
        }
        catch (JsonException fault)
        {
            return [DocumentRow.Refused(0, text.AsMemory(), $"line {fault.LineNumber + 1}: the document is no JSON")];
        }

        JsonElement at = document.RootElement;
        foreach (string member in records)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(member, out at))
                return [DocumentRow.Refused(0, text.AsMemory(), $"the document has no records at /{string.Join('/', records)}")];
        }

        return at.ValueKind switch
        {
            JsonValueKind.Array => Items(document, at),
            JsonValueKind.Object => Members(document, at),
            _ => [DocumentRow.Refused(0, text.AsMemory(), "the records of the document are neither an array nor an object")],
        };
    }

    // The parser tells no places, so a record's place is its number: it lies before the place in the text, and rises.
    private static IEnumerable<DocumentRow> Items(JsonDocument document, JsonElement array)
    {
        using (document)
        {
            int number = 0;
            foreach (JsonElement item in array.EnumerateArray())
                yield return Row(number++, item.GetRawText());
        }
    }

    private static IEnumerable<DocumentRow> Members(JsonDocument document, JsonElement holder)
    {
        using (document)
        {
            int number = 0;
            foreach (JsonProperty member in holder.EnumerateObject())
                yield return Row(number++, $"{{\"key\":{JsonSerializer.Serialize(member.Name)},\"value\":{member.Value.GetRawText()}}}");
        }
    }

    private static DocumentRow Row(int number, string json) => new(number, json.AsMemory(), Encoding.UTF8.GetBytes(json), null);
}
