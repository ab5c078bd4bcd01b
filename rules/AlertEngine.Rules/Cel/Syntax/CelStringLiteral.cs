using System.Text;

namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>
/// Reads text and bytes literals: quotes single, double or tripled, prefixes <c>r</c> (no escapes) and <c>b</c> (bytes), and the
/// escapes of langdef.md. In bytes <c>\x</c> and octal escapes are bytes; in texts they are code points.
/// </summary>
internal static class CelStringLiteral
{
    internal static bool StartsAt(string source, int at)
    {
        var quote = at;
        while (quote < source.Length && quote < at + 2 && source[quote] is 'r' or 'R' or 'b' or 'B')
            quote++;
        if (quote >= source.Length || source[quote] is not ('\'' or '"'))
            return false;
        return quote < at + 2 || char.ToLowerInvariant(source[at]) != char.ToLowerInvariant(source[at + 1]);
    }

    /// <summary>A <see cref="string"/> or a <see cref="CelBytes"/>; <paramref name="at"/> moves behind it.</summary>
    internal static object Read(string source, ref int at)
    {
        var start = at;
        var (raw, bytes) = (false, false);
        for (; source[at] is not ('\'' or '"'); at++)
        {
            raw |= source[at] is 'r' or 'R';
            bytes |= source[at] is 'b' or 'B';
        }
        var quote = source[at];
        var triple = at + 2 < source.Length && source[at + 1] == quote && source[at + 2] == quote;
        at += triple ? 3 : 1;
        var reader = new Body(source, start, bytes);
        return reader.Read(ref at, triple ? new string(quote, 3) : quote.ToString(), raw);
    }

    private readonly ref struct Body(string source, int start, bool isBytes)
    {
        private readonly StringBuilder _text = new();
        private readonly List<byte> _bytes = [];

        internal object Read(ref int at, string close, bool raw)
        {
            while (!source.AsSpan(at).StartsWith(close, StringComparison.Ordinal))
            {
                if (at >= source.Length || (close.Length == 1 && source[at] is '\n' or '\r'))
                    throw Refuse(at, "the text has no closing quote", "文本缺少结束引号");
                if (source[at] == '\\' && !raw)
                    Escape(ref at);
                else
                    Character(ref at);
            }
            at += close.Length;
            return isBytes ? new CelBytes([.. _bytes]) : _text.ToString();
        }

        private void Character(ref int at)
        {
            if (!Rune.TryGetRuneAt(source, at, out var rune))
                throw Refuse(at, "half of a surrogate pair", "无效的 UTF-16 字符");
            Add(rune);
            at += rune.Utf16SequenceLength;
        }

        private void Escape(ref int at)
        {
            var begin = at++;
            var letter = at < source.Length ? source[at++] : '\0';
            var simple = letter switch
            {
                'a' => 7, 'b' => 8, 'f' => 12, 'n' => 10, 'r' => 13, 't' => 9, 'v' => 11,
                '\\' or '?' or '"' or '\'' or '`' => letter,
                _ => -1,
            };
            if (simple >= 0)
                Add(new Rune(simple));
            else if (letter is >= '0' and <= '3')
                Number(begin, ref at, at - 1, 3, 8);
            else if (letter is 'x' or 'X')
                Number(begin, ref at, at, 2, 16);
            else if (letter is 'u' or 'U' && !isBytes)
                Number(begin, ref at, at, letter == 'u' ? 4 : 8, 16);
            else
                throw Refuse(begin, $"unknown escape '\\{letter}'", $"未知的转义 '\\{letter}'");
        }

        private void Number(int begin, ref int at, int digits, int count, int radix)
        {
            var value = 0L;
            for (var i = 0; i < count; i++)
            {
                var digit = digits + i < source.Length && char.IsAsciiHexDigit(source[digits + i]) ? Convert.ToInt32(source.Substring(digits + i, 1), 16) : radix;
                if (digit >= radix)
                    throw Refuse(begin, "an escape has too few digits", "转义的位数不足");
                value = (value * radix) + digit;
            }
            at = digits + count;
            if (isBytes)
                _bytes.Add((byte)value);
            else if (value <= 0x10FFFF && Rune.IsValid((int)value))
                Add(new Rune((int)value));
            else
                throw Refuse(begin, "the escape is no code point", "转义不是有效的码位");
        }

        private void Add(Rune rune)
        {
            if (!isBytes)
            {
                _text.Append(rune.ToString());
                return;
            }
            Span<byte> utf8 = stackalloc byte[4];
            _bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
        }

        private CelRefusal Refuse(int at, string en, string zh) =>
            new(CelCodes.BadLiteral.At(new CelSpan(start, Math.Max(1, Math.Min(at + 1, source.Length) - start)), en, zh));
    }
}
