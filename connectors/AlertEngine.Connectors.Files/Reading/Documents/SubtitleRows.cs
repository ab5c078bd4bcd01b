using System.Globalization;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>The cues of a flight log: blocks of lines, separated by empty ones. What is no cue, or has no position, is refused, and the next one counts.</summary>
internal static class SubtitleRows
{
    /// <summary>The longest cue of any drone has a twentieth of it.</summary>
    private const int MaxCueLength = 16 * 1024;

    internal static IEnumerable<DocumentRow> Read(string text, string file)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = EndOfBlock(text, at);
            ReadOnlyMemory<char> block = text.AsMemory(at, end - at).TrimEnd();
            if (!block.IsEmpty)
                yield return Row(at, block, file);
            at = BehindEmptyLines(text, end);
        }
    }

    private static DocumentRow Row(int at, ReadOnlyMemory<char> block, string file)
    {
        if (block.Length > MaxCueLength)
            return DocumentRow.Refused(at, block, string.Create(CultureInfo.InvariantCulture, $"a cue of {block.Length} characters, more than the admitted {MaxCueLength}"));
        string? fault = FlightCue.Read(block.ToString(), out FlightCue cue);
        return fault is null ? new DocumentRow(at, block, cue.ToJson(file), null) : DocumentRow.Refused(at, block, fault);
    }

    private static int EndOfBlock(string text, int at)
    {
        while (at < text.Length)
        {
            int line = text.IndexOf('\n', at);
            if (line < 0)
                return text.Length;
            int next = line + 1;
            int after = text.IndexOf('\n', next);
            if (text.AsSpan(next, (after < 0 ? text.Length : after) - next).IsWhiteSpace())
                return next;
            at = next;
        }

        return at;
    }

    private static int BehindEmptyLines(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }
}
