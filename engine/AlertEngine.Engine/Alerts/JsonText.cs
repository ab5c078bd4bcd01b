using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>
/// Writes one piece of JSON into a buffer that each thread keeps, and hands out exactly its bytes. An opening writes five pieces; buffers made
/// anew for each cost more than the writing itself.
/// </summary>
internal static class JsonText
{
    /// <summary>A buffer that one large message has blown up is given back.</summary>
    private const int KeptBytes = 256 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The bytes that <paramref name="write"/> writes.</summary>
    public static byte[] Bytes<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        ArrayBufferWriter<byte> buffer = Write(state, write);
        byte[] bytes = buffer.WrittenSpan.ToArray();
        Release(buffer);
        return bytes;
    }

    /// <summary>The same as a text.</summary>
    public static string Text<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        ArrayBufferWriter<byte> buffer = Write(state, write);
        string text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        Release(buffer);
        return text;
    }

    private static ArrayBufferWriter<byte> Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        ArrayBufferWriter<byte> buffer = _buffer ?? new ArrayBufferWriter<byte>(4096);
        Utf8JsonWriter writer = _writer ?? new Utf8JsonWriter(buffer, Options);
        // Taken while it is used, so that a piece within a piece gets buffers of its own.
        _buffer = null;
        _writer = null;
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        _writer = writer;
        return buffer;
    }

    private static void Release(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > KeptBytes)
            return;
        buffer.ResetWrittenCount();
        _buffer = buffer;
    }

    /// <summary>A text in both languages as a member.</summary>
    internal static void WriteText(Utf8JsonWriter json, string name, LocalText text)
    {
        json.WriteStartObject(name);
        json.WriteString("zh", text.Zh);
        json.WriteString("en", text.En);
        json.WriteEndObject();
    }

    /// <summary>A position as the member <c>location</c> of an event's data: GeoJSON, longitude first.</summary>
    internal static void WriteLocation(Utf8JsonWriter json, GeoPoint point)
    {
        json.WriteStartObject("location");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(point.Longitude);
        json.WriteNumberValue(point.Latitude);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
