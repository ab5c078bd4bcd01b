using System.Text.RegularExpressions;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>A part of a title's text: literal, or an expression with its place and its format.</summary>
internal readonly record struct TitlePiece(string? Literal, int Start, int Length, string? Format);

/// <summary>
/// Cuts a title into literal text and <c>{expression}</c> or <c>{expression:0.00}</c>. Braces themselves are written twice. A format begins at the
/// last colon and holds nothing but digits, points, commas and percent signs, so that <c>?:</c> and texts with colons stay expressions.
/// </summary>
internal static partial class TitleParser
{
    /// <summary>The pieces, or where and what is wrong.</summary>
    public static (List<TitlePiece> Pieces, int FaultAt, string? Fault) Parse(string text)
    {
        List<TitlePiece> pieces = [];
        System.Text.StringBuilder literal = new();
        int position = 0;
        while (position < text.Length)
        {
            char next = text[position];
            bool isDoubled = position + 1 < text.Length && text[position + 1] == next;
            if (next is '{' or '}' && isDoubled)
            {
                literal.Append(next);
                position += 2;
            }
            else if (next == '}')
            {
                return (pieces, position, "a '}' without '{'; a brace itself is written '}}'");
            }
            else if (next == '{')
            {
                int end = EndOf(text, position + 1);
                if (end < 0)
                    return (pieces, position, "the '{' is not closed; a brace itself is written '{{'");
                Flush(pieces, literal);
                pieces.Add(Expression(text, position + 1, end));
                position = end + 1;
            }
            else
            {
                literal.Append(next);
                position++;
            }
        }

        Flush(pieces, literal);
        return (pieces, -1, null);
    }

    private static TitlePiece Expression(string text, int start, int end)
    {
        Match format = Format().Match(text[start..end]);
        return format.Success
            ? new TitlePiece(null, start, format.Index, format.Groups["format"].Value)
            : new TitlePiece(null, start, end - start, null);
    }

    // The closing brace, past texts in quotes and nested braces.
    private static int EndOf(string text, int start)
    {
        int depth = 0;
        char quote = '\0';
        for (int i = start; i < text.Length; i++)
        {
            char next = text[i];
            if (quote != '\0')
            {
                i += next == '\\' ? 1 : 0;
                quote = next == quote ? '\0' : quote;
            }
            else if (next is '\'' or '"')
            {
                quote = next;
            }
            else if (next == '{')
            {
                depth++;
            }
            else if (next == '}' && depth-- == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static void Flush(List<TitlePiece> pieces, System.Text.StringBuilder literal)
    {
        if (literal.Length == 0)
            return;
        pieces.Add(new TitlePiece(literal.ToString(), 0, 0, null));
        literal.Clear();
    }

    [GeneratedRegex(@":(?<format>[0#,.]*[0#][0#,.]*%?)\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Format();
}
