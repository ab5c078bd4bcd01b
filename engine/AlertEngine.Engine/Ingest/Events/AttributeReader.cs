using AlertEngine.Engine.Ingest.Json;

namespace AlertEngine.Engine.Ingest;

/// <summary>Reads the attributes of a structured event from its members.</summary>
internal static class AttributeReader
{
    /// <summary>Reads the value of <paramref name="name"/>. Null where it is good, absent (JSON's null) or not JSON, which the scanner tells.</summary>
    internal static Rejection? Read(ref JsonScanner json, AttributeName name, ref EventAttributes attributes, int maxBytes)
    {
        if (name == AttributeName.Unknown || json.Peek() == 'n')
        {
            json.SkipValue();
            return null;
        }

        if (json.Peek() != '"')
            return json.SkipValue() ? new(RejectionCodes.InvalidAttribute, $"attribute '{EventAttributes.NameOf(name)}' is no text") : null;
        if (!json.ReadText(out JsonText text))
            return null;
        ReadOnlySpan<byte> value = text.HasEscapes ? EventAttributes.Unescape(text) : text.Raw;
        if (value.IsEmpty)
            return new(RejectionCodes.InvalidAttribute, $"attribute '{EventAttributes.NameOf(name)}' is empty");
        if (value.Length > maxBytes)
            return new(RejectionCodes.InvalidAttribute, $"attribute '{EventAttributes.NameOf(name)}' is longer than {maxBytes} bytes");
        attributes.Set(name, value);
        return null;
    }
}
