using System.Globalization;
using System.Text;

namespace AlertEngine.Rules.Cel.Patterns;

/// <summary>
/// Reads RE2's syntax and writes .NET's. Greediness does not matter for a yes-or-no question and is dropped. Refused: back-references
/// and look-around (RE2 has none either), word boundaries (RE2's are ASCII, .NET's are not), single bytes, scripts other than Han.
/// </summary>
internal sealed partial class PatternTranslator
{
    private const int MaximumLength = 4_000;
    private const int MaximumRepeat = 1_000;
    private const int MaximumDepth = 100;
    // Repetitions are unrolled by the engine: (a{100}){100} has ten thousand states.
    private const long MaximumStates = 10_000;

    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private int _at;
    private int _depth;
    private bool _ignoreCase;
    private bool _multiline;
    private bool _dotAll;

    private PatternTranslator(string pattern) => _pattern = pattern;

    /// <exception cref="PatternRefusal">The pattern is not RE2's, or cannot be translated exactly.</exception>
    internal static string Translate(string pattern)
    {
        if (pattern.Length > MaximumLength)
            throw new PatternRefusal($"the pattern is longer than {MaximumLength}", $"正则表达式长度超过 {MaximumLength}");
        var translator = new PatternTranslator(pattern);
        translator.Alternation();
        if (translator._at < pattern.Length)
            throw new PatternRefusal("unexpected ')'", "多余的 ')'");
        return translator._output.ToString();
    }

    private bool IsAtEnd => _at >= _pattern.Length;

    private char Current => _pattern[_at];

    private long Alternation()
    {
        if (++_depth > MaximumDepth)
            throw new PatternRefusal("the pattern is nested too deeply", "正则表达式嵌套过深");
        var (ignoreCase, multiline, dotAll) = (_ignoreCase, _multiline, _dotAll);
        var states = Sequence();
        while (Take('|'))
        {
            _output.Append('|');
            states += Sequence();
        }
        (_ignoreCase, _multiline, _dotAll) = (ignoreCase, multiline, dotAll);
        _depth--;
        return states;
    }

    private long Sequence()
    {
        var states = 1L;
        while (!IsAtEnd && Current is not ('|' or ')'))
        {
            var start = _output.Length;
            var own = Atom(out var isRepeatable);
            states += Repetition(start, own, isRepeatable);
            if (states > MaximumStates)
                throw new PatternRefusal("the pattern repeats too much", "正则表达式重复过多");
        }
        return states;
    }

    private long Atom(out bool isRepeatable)
    {
        isRepeatable = true;
        switch (Current)
        {
            case '(':
                _at++;
                return Group(ref isRepeatable);
            case '[':
                _at++;
                return Emit(new ClassReader(_pattern, _ignoreCase).Read(ref _at));
            case '.':
                _at++;
                return Emit(_dotAll ? CodePointSet.Of((0, CodePointSet.Last)) : CodePointSet.Of(('\n', '\n')).Complement());
            case '^':
                _at++;
                return Raw(_multiline ? "(?m:^)" : "\\A");
            case '$':
                _at++;
                return Raw(_multiline ? "(?m:$)" : "\\z");
            case '\\':
                return Escaped();
            case '*' or '+' or '?':
                throw new PatternRefusal($"nothing to repeat before '{Current}'", $"'{Current}' 前没有可重复的内容");
            default:
                return Literal();
        }
    }

    private long Literal()
    {
        if (!Rune.TryGetRuneAt(_pattern, _at, out var rune))
            throw new PatternRefusal("half of a surrogate pair", "无效的 UTF-16 字符");
        _at += rune.Utf16SequenceLength;
        return Character(rune.Value);
    }

    private long Character(int codePoint)
    {
        var set = CodePointSet.Of((codePoint, codePoint));
        return Emit(_ignoreCase ? CharacterClasses.IgnoringCase(set) : set);
    }

    private long Emit(CodePointSet set)
    {
        _output.Append(set.ToPattern());
        return Math.Max(1, set.Ranges.Count(range => range.To > 0xFFFF));
    }

    private long Raw(string pattern)
    {
        _output.Append(pattern);
        return 1;
    }

    private long Escaped()
    {
        _at++;
        if (IsAtEnd)
            throw new PatternRefusal("a backslash at the end", "末尾多余的反斜杠");
        var letter = Current;
        if (CharacterClasses.Perl(letter) is { } perl)
        {
            _at++;
            return Emit(perl);
        }
        switch (letter)
        {
            case 'A':
                _at++;
                return Raw("\\A");
            case 'z':
                _at++;
                return Raw("\\z");
            case 'p' or 'P':
                return Emit(Folded(EscapeReader.Property(_pattern, ref _at)));
            case 'Q':
                _at++;
                return Quoted();
            case 'b' or 'B':
                throw new PatternRefusal("word boundaries (\\b) are not supported", "不支持单词边界 \\b");
            default:
                return Character(EscapeReader.Character(_pattern, ref _at));
        }
    }

    private CodePointSet Folded(CodePointSet set) => _ignoreCase ? CharacterClasses.IgnoringCase(set) : set;

    private long Quoted()
    {
        var states = 0L;
        _output.Append("(?:");
        while (!IsAtEnd && !_pattern.AsSpan(_at).StartsWith("\\E", StringComparison.Ordinal))
            states += Literal();
        _at = Math.Min(_pattern.Length, _at + 2);
        _output.Append(')');
        return states;
    }

    private bool Take(char c)
    {
        if (IsAtEnd || Current != c)
            return false;
        _at++;
        return true;
    }
}
