using System.Globalization;
using System.Text;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <summary>
/// Renders findings for people: place, code and message; the line with its number; and under it the place, with the caret at the very spot,
/// aligned under wide characters too.
/// </summary>
public static class TextRenderer
{
    // A generated file may have one line of a megabyte; a terminal has two hundred columns.
    private const int LineLengthShown = 400;

    /// <summary>All findings, one after the other.</summary>
    public static string Render(IEnumerable<RuleDiagnostic> diagnostics)
    {
        StringBuilder text = new();
        foreach (RuleDiagnostic diagnostic in diagnostics)
            Render(diagnostic, text);
        return text.ToString();
    }

    /// <summary>One finding, with the line it is about.</summary>
    public static string Render(RuleDiagnostic diagnostic)
    {
        StringBuilder text = new();
        Render(diagnostic, text);
        return text.ToString();
    }

    private static void Render(RuleDiagnostic diagnostic, StringBuilder text)
    {
        text.Append(diagnostic).Append('\n');
        if (diagnostic.Line == 0 || string.IsNullOrWhiteSpace(diagnostic.LineText) || diagnostic.Column > LineLengthShown)
            return;
        string line = diagnostic.LineText.Length > LineLengthShown ? diagnostic.LineText[..LineLengthShown] : diagnostic.LineText;
        int start = Math.Min(diagnostic.Column - 1, line.Length);
        int until = Math.Min(start + diagnostic.Length, line.Length);
        text.Append(CultureInfo.InvariantCulture, $"{diagnostic.Line,5} | ").Append(line.TrimEnd()).Append('\n');
        text.Append("      | ");
        AppendBlank(text, line.AsSpan(0, start));
        AppendMark(text, line.AsSpan(start, until - start), diagnostic.CaretOffset);
        text.Append('\n');
    }

    private static void AppendBlank(StringBuilder text, ReadOnlySpan<char> before)
    {
        foreach (Rune rune in before.EnumerateRunes())
        {
            if (rune.Value == '\t')
                text.Append('\t');
            else
                text.Append(' ', DisplayWidth.Of(rune.ToString()));
        }
    }

    private static void AppendMark(StringBuilder text, ReadOnlySpan<char> place, int caretOffset)
    {
        int width = Math.Max(1, DisplayWidth.Of(place));
        int caret = Math.Min(DisplayWidth.Of(place[..Math.Min(caretOffset, place.Length)]), width - 1);
        text.Append('~', caret).Append('^').Append('~', width - caret - 1);
    }
}
