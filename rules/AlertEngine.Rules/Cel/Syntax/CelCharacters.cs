using System.Collections.Frozen;
using System.Text;

namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>Says what is wrong with a character outside the language: punctuation of an input method, a text without quotes, a single <c>=</c>.</summary>
internal static class CelCharacters
{
    private static readonly FrozenDictionary<char, string> FullWidth = new Dictionary<char, string>
    {
        ['，'] = ",", ['、'] = ",", ['（'] = "(", ['）'] = ")", ['＂'] = "\"", ['＇'] = "'", ['“'] = "\"", ['”'] = "\"", ['‘'] = "'", ['’'] = "'",
        ['：'] = ":", ['？'] = "?", ['！'] = "!", ['＆'] = "&", ['｜'] = "|", ['＝'] = "=", ['＜'] = "<", ['＞'] = ">", ['《'] = "<", ['》'] = ">",
        ['＋'] = "+", ['－'] = "-", ['＊'] = "*", ['／'] = "/", ['％'] = "%", ['［'] = "[", ['］'] = "]", ['【'] = "[", ['】'] = "]",
        ['｛'] = "{", ['｝'] = "}", ['。'] = ".", ['．'] = ".", ['＿'] = "_", ['\u3000'] = " ", ['≥'] = ">=", ['≤'] = "<=", ['≠'] = "!=", ['×'] = "*", ['÷'] = "/",
    }.ToFrozenDictionary();

    internal static CelRefusal Refuse(string source, int at)
    {
        var c = source[at];
        if (FullWidth.TryGetValue(c, out var ascii))
            return FullWidthRefusal(c, ascii, new CelSpan(at, 1));
        if (c == '=')
            return SingleRefusal(at, "=", "==", "'=' compares nothing", "'=' 不是比较运算符");
        if (c is '&' or '|')
            return SingleRefusal(at, $"{c}", $"{c}{c}", $"'{c}' is no operator", $"'{c}' 不是运算符");
        if (char.IsLetter(c) || c >= '\u2E80')
            return TextRefusal(source, at);
        var shown = char.IsControl(c) ? $"U+{(int)c:X4}" : c.ToString();
        return new CelRefusal(CelCodes.BadCharacter.At(new CelSpan(at, 1), $"unexpected character '{shown}'", $"无法识别的字符 '{shown}'"));
    }

    private static CelRefusal FullWidthRefusal(char written, string ascii, CelSpan span) =>
        new(CelCodes.FullWidth.At(span, $"full-width '{written}'", $"全角标点 '{written}'") with
        {
            FixEn = $"write '{ascii}'", FixZh = $"请改为半角 '{ascii}'", Replacement = ascii,
        });

    private static CelRefusal SingleRefusal(int at, string written, string meant, string en, string zh) =>
        new(CelCodes.BadCharacter.At(new CelSpan(at, written.Length), en, zh) with { FixEn = $"write '{meant}'", FixZh = $"请写 '{meant}'", Replacement = meant });

    // A run of letters outside ASCII is a text that lost its quotes: event.district == 鼓楼.
    private static CelRefusal TextRefusal(string source, int at)
    {
        var end = at;
        while (end < source.Length && Rune.TryGetRuneAt(source, end, out var rune) && (Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '·' or '-'))
            end += rune.Utf16SequenceLength;
        var span = new CelSpan(at, Math.Max(1, end - at));
        var text = source.Substring(at, span.Length);
        return new CelRefusal(CelCodes.UnquotedText.At(span, $"text '{text}' without quotes", $"文本 '{text}' 缺少引号") with
        {
            FixEn = $"write '{text}' in quotes", FixZh = $"请加引号：'{text}'", Replacement = $"'{text}'",
        });
    }
}
