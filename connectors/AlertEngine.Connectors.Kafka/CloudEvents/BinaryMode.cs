using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Kafka.CloudEvents;

/// <summary>
/// The two modes of CloudEvents on Kafka, told apart by the content type alone: <c>application/cloudevents…</c> is structured, any other one binary.
/// A record without a content type is binary where it has <c>ce_</c> headers; without either it can only be structured.
/// Source: CloudEvents 1.0.2, Kafka protocol binding, section 3. Not thread-safe: one a lane.
/// </summary>
internal sealed class BinaryMode
{
    private const string Prefix = "ce_";
    private const string ContentType = "content-type";
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    internal BinaryMode() => _json = new Utf8JsonWriter(_buffer);

    internal static bool IsBinary(ImmutableArray<RecordHeader> headers)
    {
        if (headers.IsDefaultOrEmpty)
            return false;
        bool hasAttributes = false;
        foreach (var header in headers)
        {
            if (header.Name.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
                return !StartsWith(header.Value.Span, "application/cloudevents"u8);
            hasAttributes |= header.Name.StartsWith(Prefix, StringComparison.Ordinal);
        }

        return hasAttributes;
    }

    /// <summary>The same event in structured mode, valid until the next call; or why it is none.</summary>
    internal Rejection? ToStructured(in InputRecord record, out ReadOnlyMemory<byte> structured)
    {
        structured = default;
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        ReadOnlyMemory<byte> contentType = default;
        foreach (var header in record.Headers)
        {
            if (header.Name.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
                contentType = header.Value;
            else if (header.Name.StartsWith(Prefix, StringComparison.Ordinal) && !WriteAttribute(header.Name[Prefix.Length..], header.Value.Span))
                return new(RejectionCodes.InvalidUtf8, $"the header '{header.Name}' is not UTF-8");
        }

        if (!contentType.IsEmpty && !WriteAttribute("datacontenttype", contentType.Span))
            return new(RejectionCodes.InvalidUtf8, "the header 'content-type' is not UTF-8");
        if (WriteData(record.Value.Span, contentType.Span) is { } rejection)
            return rejection;
        _json.WriteEndObject();
        _json.Flush();
        structured = _buffer.WrittenMemory;
        return null;
    }

    private bool WriteAttribute(string name, ReadOnlySpan<byte> value)
    {
        if (!Utf8.IsValid(value))
            return false;
        _json.WriteString(name, value);
        return true;
    }

    /// <summary>The data are checked before they are embedded: bytes that close the object and go on would otherwise pass as attributes.</summary>
    private Rejection? WriteData(ReadOnlySpan<byte> data, ReadOnlySpan<byte> contentType)
    {
        if (data.IsEmpty)
            return null;
        if (!IsJson(contentType))
        {
            _json.WriteBase64String("data_base64", data);
            return null;
        }

        if (!Utf8.IsValid(data))
            return new(RejectionCodes.InvalidUtf8, "the value is not UTF-8");
        if (FaultOf(data) is { } fault)
            return new(RejectionCodes.InvalidJson, $"the data are not one JSON value: {fault}");
        _json.WritePropertyName("data");
        _json.WriteRawValue(data, skipInputValidation: true);
        return null;
    }

    private static string? FaultOf(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = 1_000 });
        try
        {
            while (reader.Read())
            {
                // Only its grammar is asked about.
            }

            return null;
        }
        catch (JsonException failure)
        {
            return $"byte {reader.BytesConsumed}, {failure.Message.Split(". ")[0].Split(" LineNumber")[0].TrimEnd('.')}";
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> contentType)
    {
        int parameters = contentType.IndexOf((byte)';');
        string mediaType = Encoding.ASCII.GetString(parameters < 0 ? contentType : contentType[..parameters]).Trim();
        return mediaType.Length == 0 || mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool StartsWith(ReadOnlySpan<byte> value, ReadOnlySpan<byte> lowerCase) =>
        value.Length >= lowerCase.Length && Ascii.EqualsIgnoreCase(value[..lowerCase.Length], lowerCase);
}
