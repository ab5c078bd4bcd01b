namespace AlertEngine.Rules.Files.Yaml;

/// <summary>
/// Finds where a character of a scalar's value stands in the file. The parser tells only where a scalar begins and ends; folding drops
/// line breaks and indentation, escapes change lengths. What survives all of it is the order of the characters that are not white space:
/// the n-th of the value is the n-th of the source, and white space lies between its neighbours.
/// </summary>
public static class ScalarMap
{
    /// <summary>The place in the file of a part of a scalar's value. It is cut at the end of its first line, where a caret can still show it.</summary>
    public static TextSpan Locate(SourceText source, YamlScalar scalar, int start, int length)
    {
        if (scalar.Value.Length == 0)
            return scalar.Span;
        start = Math.Clamp(start, 0, scalar.Value.Length);
        length = Math.Clamp(length, 0, scalar.Value.Length - start);
        int first = OffsetOf(source, scalar, start);
        if (length == 0)
            return new TextSpan(first, 0);
        int until = OffsetOf(source, scalar, start + length - 1) + 1;
        int endOfLine = source.EndOfLine(source.PositionOf(first).Line);
        return TextSpan.Between(first, Math.Min(until, endOfLine));
    }

    /// <summary>The offset in the file of one character of a scalar's value; one past the last is allowed.</summary>
    public static int OffsetOf(SourceText source, YamlScalar scalar, int index)
    {
        int inked = 0;
        for (int i = 0; i < index && i < scalar.Value.Length; i++)
            inked += IsBlank(scalar.Value[i]) ? 0 : 1;
        bool asksForBlank = index >= scalar.Value.Length || IsBlank(scalar.Value[index]);
        return asksForBlank ? AfterInked(source, scalar, inked, index) : Inked(source, scalar, inked).Start;
    }

    // White space stands right behind the character before it, as far as the line reaches.
    private static int AfterInked(SourceText source, YamlScalar scalar, int inked, int index)
    {
        if (inked == 0)
            return FirstOffset(source, scalar);
        int blanksBefore = 0;
        for (int i = index - 1; i >= 0 && IsBlank(scalar.Value[i]); i--)
            blanksBefore++;
        int behind = Inked(source, scalar, inked - 1).Until;
        int endOfLine = source.EndOfLine(source.PositionOf(behind).Line);
        return Math.Min(behind + blanksBefore, endOfLine);
    }

    private static TextSpan Inked(SourceText source, YamlScalar scalar, int number)
    {
        int position = FirstOffset(source, scalar);
        int end = scalar.Span.Until;
        int seen = 0;
        while (position < end)
        {
            int width = WidthAt(source.Text, scalar, position, end, out int inkedChars);
            if (seen + inkedChars > number)
                return new TextSpan(position, width);
            seen += inkedChars;
            position += width;
        }

        return new TextSpan(Math.Min(position, end), 0);
    }

    // How many characters of the source stand for one of the value, and how many of those that are not white space they make.
    private static int WidthAt(string text, YamlScalar scalar, int position, int end, out int inkedChars)
    {
        char next = text[position];
        if (scalar.Style == YamlStyle.DoubleQuoted && next == '\\' && position + 1 < end)
            return EscapeAt(text, position, end, out inkedChars);
        if (scalar.Style == YamlStyle.SingleQuoted && next == '\'' && position + 1 < end && text[position + 1] == '\'')
        {
            inkedChars = 1;
            return 2;
        }

        inkedChars = IsBlank(next) ? 0 : 1;
        return 1;
    }

    private static int EscapeAt(string text, int position, int end, out int inkedChars)
    {
        int digits = text[position + 1] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        inkedChars = text[position + 1] is 'n' or 't' or 'r' or 'v' or 'f' or ' ' or '\t' or '_' or 'N' or 'L' or 'P' or '\n' ? 0 : 1;
        if (digits == 0 || position + 2 + digits > end)
            return 2;
        if (uint.TryParse(text.AsSpan(position + 2, digits), System.Globalization.NumberStyles.AllowHexSpecifier, null, out uint code))
            inkedChars = code > 0xFFFF ? 2 : IsBlank((char)code) ? 0 : 1;
        return 2 + digits;
    }

    // Block scalars begin with a header line; quoted ones with their quote.
    private static int FirstOffset(SourceText source, YamlScalar scalar)
    {
        int start = scalar.Span.Start;
        return scalar.Style switch
        {
            YamlStyle.Plain => start,
            YamlStyle.SingleQuoted or YamlStyle.DoubleQuoted => start + 1,
            _ => FirstInkBehind(source, start, scalar.Span.Until),
        };
    }

    private static int FirstInkBehind(SourceText source, int headerStart, int end)
    {
        int position = source.EndOfLine(source.PositionOf(headerStart).Line);
        while (position < end && IsBlank(source.Text[position]))
            position++;
        return position;
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c);
}
