using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Publish;

/// <summary>Where a number was given that nobody will see.</summary>
/// <param name="EmitSeq">The number among all outputs of the lane.</param>
/// <param name="TopicSeq">The number among the lane's outputs of the topic.</param>
public readonly record struct LostNumbers(long EmitSeq, long TopicSeq);

/// <summary>
/// The dead letter of an output: what could not be sent, where, and why. <c>data.output</c> names its topic, and the numbers that are missing there
/// where it had been given some, so that an auditor can tell a refusal from a loss. The same output gives the same bytes.
/// </summary>
public static class OutputLetter
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    /// <param name="output">The output.</param>
    /// <param name="lost">Its numbers; null where it had none yet.</param>
    /// <param name="code">Why, as a code.</param>
    /// <param name="message">The same as a sentence.</param>
    /// <param name="ruleSetHash">The rules in force.</param>
    /// <param name="limitBytes">What the topic of dead letters takes.</param>
    public static Output Write(Output output, LostNumbers? lost, string code, string message, string ruleSetHash, int limitBytes)
    {
        string id = IdOf(output, lost);
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", "/alertengine/publish");
            json.WriteString("type", DeadLetterWriter.Type);
            json.WriteString("subject", output.Topic);
            json.WriteString("datacontenttype", "application/json");
            json.WriteStartObject("data");
            WriteValue(json, output.Value.Span, limitBytes);
            WriteOutput(json, output, lost);
            WriteErrors(json, output.Topic, code, message, ruleSetHash);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return new Output(OutputKind.DeadLetter, DeadLetterWriter.Topic, id, buffer.WrittenMemory);
    }

    private static string IdOf(Output output, LostNumbers? lost)
    {
        string where = $"{output.Topic}/{output.Key}/{lost?.EmitSeq}/{Convert.ToHexStringLower(SHA256.HashData(output.Value.Span))}";
        return XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(where)).ToString("x32");
    }

    /// <summary>An eighth of what the topic takes, because a character may become six in JSON.</summary>
    private static void WriteValue(Utf8JsonWriter json, ReadOnlySpan<byte> value, int limitBytes)
    {
        int end = Math.Min(value.Length, Math.Min(DeadLetterWriter.MaxValueBytes, limitBytes / 8));
        while (end > 0 && end < value.Length && (value[end] & 0xC0) == 0x80)
            end--;
        if (Utf8.IsValid(value[..end]))
            json.WriteString("value", value[..end]);
        else
            json.WriteBase64String("valueBase64", value[..end]);
        json.WriteNumber("valueBytes", value.Length);
        json.WriteString("valueSha256", Convert.ToHexStringLower(SHA256.HashData(value)));
    }

    private static void WriteOutput(Utf8JsonWriter json, Output output, LostNumbers? lost)
    {
        json.WriteStartObject("output");
        json.WriteString("topic", output.Topic);
        json.WriteString("key", output.Key);
        if (lost is { } numbers)
        {
            json.WriteNumber("emitSeq", numbers.EmitSeq);
            json.WriteNumber("topicSeq", numbers.TopicSeq);
        }

        json.WriteEndObject();
    }

    /// <summary>An output stands in no partition of an input: −1, as Kafka's own tools write it.</summary>
    private static void WriteErrors(Utf8JsonWriter json, string topic, string code, string message, string ruleSetHash)
    {
        json.WriteStartObject("__alertengine");
        json.WriteStartObject("errors");
        json.WriteString("topic", topic);
        json.WriteNumber("partition", -1);
        json.WriteNumber("offset", -1);
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteString("ruleset", ruleSetHash);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
