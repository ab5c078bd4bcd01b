using System.Buffers;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Writes what could not become an event as a CloudEvent for <c>alertengine.deadletters.v1</c>: what was sent, where it stood, and why it was
/// refused. The same record gives the same bytes on every machine; the id is a hash of where it stood. Not thread-safe.
/// </summary>
public sealed class DeadLetterWriter
{
    /// <summary>The topic of dead letters.</summary>
    public const string Topic = "alertengine.deadletters.v1";

    /// <summary>The CloudEvents type of a dead letter.</summary>
    public const string Type = "alertengine.deadletter.v1";

    /// <summary>So much of the original is kept; the rest is told by length and SHA-256.</summary>
    public const int MaxValueBytes = 64 * 1024;

    private const int MaxHeaders = 64;
    private const int MaxHeaderBytes = 1024;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ImmutableArray<InputDescription> _inputs;
    private readonly string _ruleSetHash;
    private readonly SensitiveMask _mask;

    /// <summary>A writer for the records of <paramref name="inputs"/>, which keeps the fields that <paramref name="rules"/> call sensitive to itself.</summary>
    public DeadLetterWriter(ImmutableArray<InputDescription> inputs, RuleSet rules)
    {
        _inputs = inputs;
        _ruleSetHash = rules.Hash;
        _mask = new SensitiveMask(rules);
    }

    /// <summary>The dead letter of <paramref name="record"/>.</summary>
    public Output Write(in InputRecord record, Rejection rejection)
    {
        InputDescription input = _inputs[record.Input];
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", IdOf(input, record.Offset));
            json.WriteString("source", "/alertengine/ingest");
            json.WriteString("type", Type);
            json.WriteString("subject", input.Topic);
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            WriteOriginal(json, record);
            WriteHeaders(json, record.Headers);
            WriteErrors(json, input, record.Offset, rejection);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new Output(OutputKind.DeadLetter, Topic, $"{input.Topic}/{input.Partition}/{record.Offset}", buffer.WrittenMemory);
    }

    private static string IdOf(InputDescription input, long offset) =>
        XxHash128.HashToUInt128(Encoding.UTF8.GetBytes($"{input.TopicId}/{input.Partition}/{offset}")).ToString("x32");

    private void WriteOriginal(Utf8JsonWriter json, in InputRecord record)
    {
        ReadOnlyMemory<byte> original = HeaderOf(record.Headers, ReaderHeaders.Original) ?? record.Value;
        if (_mask.Apply(original.Span) is { } shown)
            WriteValue(json, shown);
        else
            json.WriteBoolean("withheld", true);
        if (HeaderOf(record.Headers, ReaderHeaders.WholeBytes) is { } wholeBytes && HeaderOf(record.Headers, ReaderHeaders.WholeSha256) is { } wholeHash)
        {
            json.WriteNumber("valueBytes", long.Parse(wholeBytes.Span, System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("valueSha256", wholeHash.Span);
            return;
        }

        json.WriteNumber("valueBytes", original.Length);
        json.WriteString("valueSha256", Convert.ToHexStringLower(SHA256.HashData(original.Span)));
    }

    private static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> cut = value.Length <= MaxValueBytes ? value : value[..EndOfWholeCharacter(value)];
        if (System.Text.Unicode.Utf8.IsValid(cut))
            json.WriteString("value", cut);
        else
            json.WriteBase64String("valueBase64", cut);
    }

    /// <summary>A cut must not fall into a character, else a good text would be shown as base64.</summary>
    private static int EndOfWholeCharacter(ReadOnlySpan<byte> value)
    {
        int end = MaxValueBytes;
        while (end > MaxValueBytes - 4 && (value[end] & 0xC0) == 0x80)
            end--;
        return end;
    }

    private static void WriteHeaders(Utf8JsonWriter json, ImmutableArray<RecordHeader> headers)
    {
        if (headers.IsDefaultOrEmpty || headers.All(IsReaders))
            return;
        json.WriteStartArray("headers");
        foreach (RecordHeader header in headers.Where(header => !IsReaders(header)).Take(MaxHeaders))
        {
            json.WriteStartObject();
            json.WriteString("name", header.Name);
            json.WriteBase64String("valueBase64", header.Value.Span[..Math.Min(header.Value.Length, MaxHeaderBytes)]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteErrors(Utf8JsonWriter json, InputDescription input, long offset, Rejection rejection)
    {
        json.WriteStartObject("__alertengine");
        json.WriteStartObject("errors");
        json.WriteString("topic", input.Topic);
        json.WriteNumber("partition", input.Partition);
        json.WriteNumber("offset", offset);
        json.WriteString("code", rejection.Code);
        json.WriteString("message", rejection.Message);
        json.WriteString("ruleset", _ruleSetHash);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static bool IsReaders(RecordHeader header) =>
        header.Name is ReaderHeaders.RejectionCode or ReaderHeaders.RejectionMessage or ReaderHeaders.Original or ReaderHeaders.WholeBytes or ReaderHeaders.WholeSha256;

    private static ReadOnlyMemory<byte>? HeaderOf(ImmutableArray<RecordHeader> headers, string name)
    {
        if (!headers.IsDefaultOrEmpty)
        {
            foreach (RecordHeader header in headers)
            {
                if (header.Name == name)
                    return header.Value;
            }
        }

        return null;
    }
}
