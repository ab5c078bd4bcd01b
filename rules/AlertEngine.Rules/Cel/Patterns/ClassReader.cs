using System.Text;

namespace AlertEngine.Rules.Cel.Patterns;

/// <summary>Reads a class in brackets.</summary>
internal sealed class ClassReader(string pattern, bool ignoreCase)
{
    private readonly List<(int From, int To)> _ranges = [];

    /// <summary>The set; <paramref name="at"/> stands behind the opening bracket and moves behind the closing one.</summary>
    internal CodePointSet Read(ref int at)
    {
        var isNegative = at < pattern.Length && pattern[at] == '^';
        if (isNegative)
            at++;
        // A closing bracket in the first place is a character like any other.
        var isFirst = true;
        while (at >= pattern.Length || pattern[at] != ']' || isFirst)
        {
            if (at >= pattern.Length)
                throw new PatternRefusal("a ']' is missing", "缺少 ']'");
            isFirst = false;
            if (!NamedClass(ref at))
                Range(ref at);
        }
        at++;
        var set = CodePointSet.Of(_ranges);
        set = ignoreCase ? CharacterClasses.IgnoringCase(set) : set;
        return isNegative ? set.Complement() : set;
    }

    private bool NamedClass(ref int at)
    {
        var set = PosixClass(ref at) ?? EscapedClass(ref at);
        if (set is null)
            return false;
        _ranges.AddRange(set.Ranges);
        return true;
    }

    private CodePointSet? PosixClass(ref int at)
    {
        if (!pattern.AsSpan(at).StartsWith("[:", StringComparison.Ordinal) || pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) is var end && end < 0)
            return null;
        var name = pattern[(at + 2)..end];
        var isNegative = name.StartsWith('^');
        var set = CharacterClasses.Posix(isNegative ? name[1..] : name) ?? throw new PatternRefusal($"unknown class '[:{name}:]'", $"未知的类 '[:{name}:]'");
        at = end + 2;
        return isNegative ? set.Complement() : set;
    }

    private CodePointSet? EscapedClass(ref int at)
    {
        if (pattern[at] != '\\' || at + 1 >= pattern.Length)
            return null;
        if (CharacterClasses.Perl(pattern[at + 1]) is { } perl)
        {
            at += 2;
            return perl;
        }
        if (pattern[at + 1] is not ('p' or 'P'))
            return null;
        at++;
        return EscapeReader.Property(pattern, ref at);
    }

    private void Range(ref int at)
    {
        var from = Character(ref at);
        var to = from;
        if (at + 1 < pattern.Length && pattern[at] == '-' && pattern[at + 1] != ']')
        {
            at++;
            to = Character(ref at);
        }
        if (to < from)
            throw new PatternRefusal("a range upside down", "字符范围颠倒");
        _ranges.Add((from, to));
    }

    private int Character(ref int at)
    {
        if (pattern[at] == '\\')
        {
            if (++at >= pattern.Length)
                throw new PatternRefusal("a ']' is missing", "缺少 ']'");
            return EscapeReader.Character(pattern, ref at);
        }
        if (!Rune.TryGetRuneAt(pattern, at, out var rune))
            throw new PatternRefusal("half of a surrogate pair", "无效的 UTF-16 字符");
        at += rune.Utf16SequenceLength;
        return rune.Value;
    }
}
