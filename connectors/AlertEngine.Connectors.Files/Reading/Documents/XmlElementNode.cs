using System.Collections.Immutable;
using System.Text.Json;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>An element of XML: its names without prefixes, its attributes as members that begin with <c>@</c>.</summary>
/// <param name="Name">Its local name.</param>
/// <param name="At">Where it begins in the text.</param>
/// <param name="EndAt">Where the name in its end tag stands, or its own name where it is empty.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Elements">The elements in it.</param>
/// <param name="Text">The text in it.</param>
internal sealed record XmlElementNode(
    string Name, int At, int EndAt, ImmutableArray<(string Name, string Value)> Attributes, ImmutableArray<XmlElementNode> Elements, string Text)
{
    private const string TextMember = "#text";

    internal ImmutableArray<XmlElementNode> Named(string name) => [.. Elements.Where(element => element.Name == name)];

    /// <summary>Writes it: a text where it holds nothing else, an object otherwise, in which elements of one name are a list.</summary>
    internal void Write(Utf8JsonWriter json, string? without = null)
    {
        if (Attributes.IsEmpty && Elements.IsEmpty)
        {
            json.WriteStringValue(Text);
            return;
        }

        json.WriteStartObject();
        foreach ((string name, string value) in Attributes.DistinctBy(attribute => attribute.Name))
            json.WriteString("@" + name, value);
        if (Text.Length > 0)
            json.WriteString(TextMember, Text);
        foreach (IGrouping<string, XmlElementNode> same in Elements.Where(element => element.Name != without).GroupBy(element => element.Name, StringComparer.Ordinal))
            WriteSame(json, same.Key, [.. same]);
        json.WriteEndObject();
    }

    private static void WriteSame(Utf8JsonWriter json, string name, ImmutableArray<XmlElementNode> elements)
    {
        json.WritePropertyName(name);
        if (elements.Length > 1)
            json.WriteStartArray();
        foreach (XmlElementNode element in elements)
            element.Write(json);
        if (elements.Length > 1)
            json.WriteEndArray();
    }
}
