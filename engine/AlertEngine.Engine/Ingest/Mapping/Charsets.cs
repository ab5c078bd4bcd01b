using System.Text;

namespace AlertEngine.Engine.Ingest;

/// <summary>Character sets by their IANA names, those of code pages included.</summary>
public static class Charsets
{
    private const char Replacement = '\uFFFD';

    /// <summary>The character set of a name that the mapping's check has accepted.</summary>
    public static Encoding Find(string charset) => CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);

    /// <summary>The text, or null where the bytes are none of the character set: .NET puts a replacement there, which no source sends on purpose.</summary>
    public static string? Decode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        string text = encoding.GetString(bytes);
        return text.Contains(Replacement, StringComparison.Ordinal) ? null : text;
    }
}
