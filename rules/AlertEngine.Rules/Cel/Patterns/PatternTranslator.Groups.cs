using System.Globalization;

namespace AlertEngine.Rules.Cel.Patterns;

/// <content>Groups, flags and repetition.</content>
internal sealed partial class PatternTranslator
{
    private long Group(ref bool isRepeatable)
    {
        if (Take('?'))
        {
            if (IsAtEnd)
                throw MissingParenthesis();
            if (Current is 'P' or '<')
                Name();
            else if (Flags())
            {
                isRepeatable = false;
                return 0;
            }
            else
                return FlaggedGroup();
        }
        return Body();
    }

    private long Body()
    {
        _output.Append("(?:");
        var states = Alternation();
        if (!Take(')'))
            throw MissingParenthesis();
        _output.Append(')');
        return states;
    }

    // (?P<name>…) and (?<name>…): the name is of no use for a yes-or-no question.
    private void Name()
    {
        Take('P');
        if (!Take('<') || _pattern.IndexOf('>', _at) is var end && end <= _at)
            throw new PatternRefusal("a group name is missing, or look-around is used", "分组名有误，或使用了环视");
        if (!_pattern.AsSpan(_at, end - _at).ContainsAnyExceptInRange('0', 'z') && !char.IsAsciiDigit(_pattern[_at]))
            _at = end + 1;
        else
            throw new PatternRefusal("look-around is not supported", "不支持环视");
    }

    private (bool IgnoreCase, bool Multiline, bool DotAll) _pending;

    // "(?i)" sets flags until the group ends: true. "(?i:" sets them for the group that follows: false.
    private bool Flags()
    {
        var isOn = true;
        _pending = (_ignoreCase, _multiline, _dotAll);
        while (!IsAtEnd && Current is not (':' or ')'))
        {
            switch (_pattern[_at++])
            {
                case 'i': _pending.IgnoreCase = isOn; break;
                case 'm': _pending.Multiline = isOn; break;
                case 's': _pending.DotAll = isOn; break;
                case 'U': break;
                case '-' when isOn: isOn = false; break;
                case var other: throw new PatternRefusal($"unknown group '(?{other}'", $"未知的分组 '(?{other}'");
            }
        }
        if (IsAtEnd)
            throw MissingParenthesis();
        if (_pattern[_at++] == ':')
            return false;
        (_ignoreCase, _multiline, _dotAll) = _pending;
        return true;
    }

    private long FlaggedGroup()
    {
        var outer = (_ignoreCase, _multiline, _dotAll);
        (_ignoreCase, _multiline, _dotAll) = _pending;
        var states = Body();
        (_ignoreCase, _multiline, _dotAll) = outer;
        return states;
    }

    private long Repetition(int start, long states, bool isRepeatable)
    {
        if (IsAtEnd || !Quantifier(out var least, out var most))
            return states;
        if (!isRepeatable)
            throw new PatternRefusal("nothing to repeat", "没有可重复的内容");
        Take('?');
        if (!IsAtEnd && (Current is '*' or '+' or '?' || (Current == '{' && Quantifier(out _, out _))))
            throw new PatternRefusal("a repetition of a repetition", "连续的重复符号");
        _output.Insert(start, "(?:").Append(')').Append(CultureInfo.InvariantCulture, $"{{{least},{(most < 0 ? "" : most.ToString(CultureInfo.InvariantCulture))}}}");
        return states * Math.Max(1, Math.Max(least, most));
    }

    private bool Quantifier(out int least, out int most)
    {
        (least, most) = (0, -1);
        switch (Current)
        {
            case '*':
                break;
            case '+':
                least = 1;
                break;
            case '?':
                most = 1;
                break;
            case '{' when Counts(out least, out most):
                return true;
            default:
                return false;
        }
        _at++;
        return true;
    }

    // {n}, {n,}, {n,m}; anything else is a plain brace, as in RE2.
    private bool Counts(out int least, out int most)
    {
        (least, most) = (0, -1);
        var close = _pattern.IndexOf('}', _at);
        if (close < 0)
            return false;
        var parts = _pattern[(_at + 1)..close].Split(',');
        if (parts.Length > 2 || !Count(parts[0], out least) || (parts.Length == 2 && parts[1].Length > 0 && !Count(parts[1], out most)))
            return false;
        if (parts.Length == 1)
            most = least;
        if (least > MaximumRepeat || most > MaximumRepeat || (most >= 0 && most < least))
            throw new PatternRefusal($"a repetition beyond {MaximumRepeat}, or upside down", $"重复次数超过 {MaximumRepeat} 或上下限颠倒");
        _at = close + 1;
        return true;
    }

    private static bool Count(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);

    private static PatternRefusal MissingParenthesis() => new("a ')' is missing", "缺少 ')'");
}
