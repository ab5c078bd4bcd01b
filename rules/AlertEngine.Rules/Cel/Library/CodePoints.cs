namespace AlertEngine.Rules.Cel.Library;

/// <summary>Positions in texts: CEL counts code points, .NET counts UTF-16 units. Texts without surrogates, nearly all, take the short way.</summary>
internal static class CodePoints
{
    internal static int Count(string text)
    {
        var units = text.Length;
        foreach (var c in text)
        {
            if (char.IsLowSurrogate(c))
                units--;
        }
        return units;
    }

    /// <summary>The UTF-16 index of a code point's position; −1 where the text is shorter. The position behind the last is the text's length.</summary>
    internal static int ToUnits(string text, long position)
    {
        if (position < 0 || position > text.Length)
            return -1;
        var at = 0;
        for (; position > 0; position--)
        {
            if (at >= text.Length)
                return -1;
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }
        return at;
    }

    /// <summary>The code point position of a UTF-16 index.</summary>
    internal static int FromUnits(string text, int at)
    {
        var position = at;
        for (var i = 0; i < at; i++)
        {
            if (char.IsLowSurrogate(text[i]))
                position--;
        }
        return position;
    }
}
