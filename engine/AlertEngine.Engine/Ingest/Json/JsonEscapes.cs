using System.Buffers;
using System.Globalization;
using System.Text;

namespace AlertEngine.Engine.Ingest.Json;

/// <summary>The escapes of JSON's strings. Rare in events, so plain rather than fast.</summary>
internal static class JsonEscapes
{
    /// <summary>How long the escape at the start is, in bytes; a surrogate pair is one escape of twelve.</summary>
    internal static JsonFault Measure(ReadOnlySpan<byte> json, out int length)
    {
        length = 2;
        if (json.Length < 2)
            return JsonFault.EndsEarly;
        if (json[1] != 'u')
            return "\"\\/bfnrt"u8.Contains(json[1]) ? JsonFault.None : JsonFault.BadEscape;
        length = 6;
        if (!TryHex(json, out char first))
            return JsonFault.BadEscape;
        if (!char.IsSurrogate(first))
            return JsonFault.None;
        length = 12;
        bool isPair = char.IsHighSurrogate(first) && json.Length >= 12 && json[6] == '\\' && json[7] == 'u'
            && TryHex(json[6..], out char second) && char.IsLowSurrogate(second);
        return isPair ? JsonFault.None : JsonFault.UnpairedSurrogate;
    }

    /// <summary>The bytes that a validated string with escapes stands for.</summary>
    internal static int Unescape(ReadOnlySpan<byte> raw, Span<byte> text)
    {
        int written = 0;
        while (!raw.IsEmpty)
        {
            int plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
                plain = raw.Length;
            raw[..plain].CopyTo(text[written..]);
            written += plain;
            raw = raw[plain..];
            if (!raw.IsEmpty)
                raw = raw[UnescapeOne(raw, text, ref written)..];
        }

        return written;
    }

    /// <summary>The text of a validated string with escapes.</summary>
    internal static string ToText(ReadOnlySpan<byte> raw)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        string text = Encoding.UTF8.GetString(rented, 0, Unescape(raw, rented));
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    /// <summary>The key of a name with escapes: that of the name it stands for, so that it cannot hide a duplicate.</summary>
    internal static ulong KeyOf(ReadOnlySpan<byte> raw)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        ulong key = ByteKey.Of(rented.AsSpan(0, Unescape(raw, rented)));
        ArrayPool<byte>.Shared.Return(rented);
        return key;
    }

    private static int UnescapeOne(ReadOnlySpan<byte> raw, Span<byte> text, ref int written)
    {
        if (raw[1] != 'u')
        {
            text[written++] = Simple(raw[1]);
            return 2;
        }

        Measure(raw, out int length);
        TryHex(raw, out char first);
        char second = '\0';
        if (length == 12)
            TryHex(raw[6..], out second);
        Rune rune = length == 12 ? new Rune(first, second) : new Rune(first);
        written += rune.EncodeToUtf8(text[written..]);
        return length;
    }

    private static byte Simple(byte escaped) => escaped switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escaped,
    };

    private static bool TryHex(ReadOnlySpan<byte> escape, out char unit)
    {
        unit = '\0';
        if (escape.Length < 6 || !ushort.TryParse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value))
            return false;
        unit = (char)value;
        return true;
    }
}
