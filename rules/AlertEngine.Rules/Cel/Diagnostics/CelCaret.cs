using System.Globalization;
using System.Text;

namespace AlertEngine.Rules.Cel;

/// <summary>A finding with the line it is in and a caret under the place, aligned also under wide characters.</summary>
public static class CelCaret
{
    /// <summary>The message, then the line, then the marks.</summary>
    /// <param name="source">The source that the finding is about.</param>
    /// <param name="finding">The finding.</param>
    public static string Show(string source, CelDiagnostic finding)
    {
        var start = Math.Clamp(finding.Start, 0, source.Length);
        var lineStart = source.LastIndexOf('\n', Math.Max(0, start - 1), Math.Max(0, start)) + 1;
        var lineEnd = source.IndexOf('\n', start) is var end && end < 0 ? source.Length : end;
        var line = source[lineStart..lineEnd];
        var before = Columns(source.AsSpan(lineStart, start - lineStart));
        var marked = Math.Max(1, Columns(source.AsSpan(start, Math.Min(finding.Length, lineEnd - start))));
        return $"{finding}\n  | {line}\n  | {new string(' ', before)}^{new string('~', marked - 1)}";
    }

    /// <summary>How many columns a text takes on a terminal: East Asian wide characters and emoji take two.</summary>
    public static int Columns(ReadOnlySpan<char> text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
            columns += Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0 : IsWide(rune.Value) ? 2 : 1;
        return columns;
    }

    private static bool IsWide(int codePoint) => codePoint is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0x303E or >= 0x3041 and <= 0xA4CF
        or >= 0xAC00 and <= 0xD7A3 or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF00 and <= 0xFF60 or >= 0xFFE0 and <= 0xFFE6
        or >= 0x1F300 and <= 0x1F64F or >= 0x1F900 and <= 0x1F9FF or >= 0x20000 and <= 0x3FFFD;
}
