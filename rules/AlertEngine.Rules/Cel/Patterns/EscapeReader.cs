using System.Globalization;

namespace AlertEngine.Rules.Cel.Patterns;

/// <summary>Reads what follows a backslash, in and outside classes.</summary>
internal static class EscapeReader
{
    /// <summary>One character: <c>\n</c>, <c>\x7F</c>, <c>\x{10FFFF}</c>, <c>\101</c>, or escaped punctuation.</summary>
    internal static int Character(string pattern, ref int at)
    {
        var letter = pattern[at++];
        switch (letter)
        {
            case 'a': return 7;
            case 'f': return 12;
            case 'n': return 10;
            case 'r': return 13;
            case 't': return 9;
            case 'v': return 11;
            case 'x': return Hexadecimal(pattern, ref at);
            case >= '0' and <= '7' when letter == '0' || (at < pattern.Length && pattern[at] is >= '0' and <= '7'):
                return Octal(pattern, letter, ref at);
            default:
                if (char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter))
                    return letter;
                throw new PatternRefusal($"unknown escape '\\{letter}'", $"未知的转义 '\\{letter}'");
        }
    }

    /// <summary>A class of <c>\pL</c>, <c>\p{Lu}</c>, <c>\P{Lu}</c>, <c>\p{^Lu}</c>.</summary>
    internal static CodePointSet Property(string pattern, ref int at)
    {
        var isNegative = pattern[at++] == 'P';
        var close = at < pattern.Length && pattern[at] == '{' ? pattern.IndexOf('}', at) : at;
        if (close < 0 || close >= pattern.Length)
            throw new PatternRefusal("a class name is missing after \\p", "\\p 后缺少类名");
        var name = close == at ? pattern.Substring(at, 1) : pattern[(at + 1)..close];
        at = close + 1;
        if (name.StartsWith('^'))
            (isNegative, name) = (!isNegative, name[1..]);
        var set = CharacterClasses.Unicode(name) ?? throw new PatternRefusal($"unknown or unsupported class '\\p{{{name}}}'", $"未知或不支持的类 '\\p{{{name}}}'");
        return isNegative ? set.Complement() : set;
    }

    private static int Hexadecimal(string pattern, ref int at)
    {
        var isBraced = at < pattern.Length && pattern[at] == '{';
        var end = isBraced ? pattern.IndexOf('}', at) : at + 2;
        if (end < 0 || end > pattern.Length
            || !int.TryParse(pattern.AsSpan(isBraced ? at + 1 : at, end - at - (isBraced ? 1 : 0)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            || value is < 0 or > CodePointSet.Last)
            throw new PatternRefusal("a bad \\x escape", "\\x 转义有误");
        at = isBraced ? end + 1 : end;
        return value;
    }

    private static int Octal(string pattern, char first, ref int at)
    {
        var value = first - '0';
        for (var i = 0; i < 2 && at < pattern.Length && pattern[at] is >= '0' and <= '7'; i++)
            value = (value * 8) + (pattern[at++] - '0');
        return value;
    }
}
