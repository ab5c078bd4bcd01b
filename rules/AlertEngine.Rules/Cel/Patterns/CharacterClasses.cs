using System.Collections.Concurrent;
using System.Globalization;

namespace AlertEngine.Rules.Cel.Patterns;

/// <summary>RE2's named classes: <c>\d</c> and its kin are ASCII, <c>[:alpha:]</c> too, <c>\p{L}</c> is Unicode.</summary>
internal static class CharacterClasses
{
    // The blocks of Han characters: the script people of this city write in. Other scripts are refused.
    private static readonly CodePointSet Han = CodePointSet.Of(
        (0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007), (0x3021, 0x3029), (0x3038, 0x303B),
        (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D), (0xFA70, 0xFAD9), (0x16FE2, 0x16FE3), (0x16FF0, 0x16FF1),
        (0x20000, 0x2A6DF), (0x2A700, 0x2B739), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0), (0x2F800, 0x2FA1D), (0x30000, 0x3134A), (0x31350, 0x323AF));

    private static readonly string[] Categories =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static readonly ConcurrentDictionary<string, CodePointSet?> Known = new(StringComparer.Ordinal);

    /// <summary><c>\d</c>, <c>\w</c>, <c>\s</c> and their complements; null for another letter.</summary>
    internal static CodePointSet? Perl(char letter) => letter switch
    {
        'd' => CodePointSet.Of(('0', '9')),
        'w' => CodePointSet.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')),
        's' => CodePointSet.Of(('\t', '\n'), ('\f', '\r'), (' ', ' ')),
        'D' or 'W' or 'S' => Perl(char.ToLowerInvariant(letter))!.Complement(),
        _ => null,
    };

    /// <summary>The class of <c>[:name:]</c>, or null.</summary>
    internal static CodePointSet? Posix(string name) => name switch
    {
        "alnum" => CodePointSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        "alpha" => CodePointSet.Of(('A', 'Z'), ('a', 'z')),
        "ascii" => CodePointSet.Of((0, 0x7F)),
        "blank" => CodePointSet.Of(('\t', '\t'), (' ', ' ')),
        "cntrl" => CodePointSet.Of((0, 0x1F), (0x7F, 0x7F)),
        "digit" => CodePointSet.Of(('0', '9')),
        "graph" => CodePointSet.Of(('!', '~')),
        "lower" => CodePointSet.Of(('a', 'z')),
        "print" => CodePointSet.Of((' ', '~')),
        "punct" => CodePointSet.Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        "space" => CodePointSet.Of(('\t', '\r'), (' ', ' ')),
        "upper" => CodePointSet.Of(('A', 'Z')),
        "word" => Perl('w'),
        "xdigit" => CodePointSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
        _ => null,
    };

    /// <summary>The class of <c>\p{name}</c>: a general category, <c>Any</c> or <c>Han</c>; null for another.</summary>
    internal static CodePointSet? Unicode(string name) => name switch
    {
        "Any" => CodePointSet.Of((0, CodePointSet.Last)),
        "Han" => Han,
        _ => Known.GetOrAdd(name, Category),
    };

    private static CodePointSet? Category(string name)
    {
        if (name.Length is not (1 or 2) || !Categories.Any(category => category != "Cn" && category.StartsWith(name, StringComparison.Ordinal)))
            return null;
        var ranges = new List<(int From, int To)>();
        for (var codePoint = 0; codePoint <= CodePointSet.Last; codePoint++)
        {
            var category = Categories[(int)CharUnicodeInfo.GetUnicodeCategory(codePoint)];
            if (category == "Cn" || !category.StartsWith(name, StringComparison.Ordinal))
                continue;
            if (ranges.Count > 0 && ranges[^1].To == codePoint - 1)
                ranges[^1] = (ranges[^1].From, codePoint);
            else
                ranges.Add((codePoint, codePoint));
        }
        return CodePointSet.Of(ranges);
    }

    /// <summary>The set with every letter in both cases, as <c>(?i)</c> wants it (simple folding, Kelvin sign and long s included).</summary>
    internal static CodePointSet IgnoringCase(CodePointSet set)
    {
        var ranges = new List<(int From, int To)>(set.Ranges);
        foreach (var (from, to) in set.Ranges)
        {
            for (var codePoint = from; codePoint <= Math.Min(to, 0x1E943); codePoint++)
            {
                foreach (var variant in Variants(codePoint))
                    ranges.Add((variant, variant));
            }
        }
        return CodePointSet.Of(ranges);
    }

    private static IEnumerable<int> Variants(int codePoint)
    {
        if (!System.Text.Rune.TryCreate(codePoint, out var rune))
            yield break;
        yield return System.Text.Rune.ToUpperInvariant(rune).Value;
        yield return System.Text.Rune.ToLowerInvariant(rune).Value;
        if (codePoint is 'k' or 'K' or 0x212A)
            yield return codePoint == 0x212A ? 'k' : 0x212A;
        if (codePoint is 's' or 'S' or 0x17F)
            yield return codePoint == 0x17F ? 's' : 0x17F;
        if (codePoint == 0x212A)
            yield return 'K';
        if (codePoint == 0x17F)
            yield return 'S';
    }
}
