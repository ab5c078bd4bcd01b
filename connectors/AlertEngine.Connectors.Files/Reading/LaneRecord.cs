using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>
/// A line that a lane wrote for another lane: what Kafka carries in headers and key stands in its first members. They are read in front of the
/// event and left in its value, where the decoder passes over them as attributes that it does not know.
/// </summary>
internal static class LaneRecord
{
    /// <summary>The record with its headers and key; as it is where the line does not begin with them.</summary>
    public static InputRecord Read(in InputRecord line)
    {
        var json = new Utf8JsonReader(line.Value.Span);
        ImmutableArray<RecordHeader>.Builder headers = ImmutableArray.CreateBuilder<RecordHeader>();
        ReadOnlyMemory<byte> key = default;
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName && !json.ValueTextEquals("specversion"u8))
                ReadMember(ref json, headers, ref key);
        }
        catch (JsonException)
        {
            // Whoever decodes the value says what is wrong with it.
        }

        return line with { Headers = headers.DrainToImmutable(), Key = key };
    }

    private static void ReadMember(ref Utf8JsonReader json, ImmutableArray<RecordHeader>.Builder headers, ref ReadOnlyMemory<byte> key)
    {
        string? header = json.GetString() switch { "aelane" => LaneHeaders.Lane, "aewatermark" => LaneHeaders.Watermark, _ => null };
        bool isKey = json.ValueTextEquals("aekey"u8);
        json.Read();
        if (header is not null)
            headers.Add(new RecordHeader(header, json.ValueSpan.ToArray()));
        else if (isKey && json.TokenType == JsonTokenType.String)
            key = Encoding.UTF8.GetBytes(json.GetString()!);
        else
            json.Skip();
    }
}
