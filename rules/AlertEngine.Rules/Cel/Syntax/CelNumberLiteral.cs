using System.Globalization;

namespace AlertEngine.Rules.Cel.Syntax;

/// <summary>
/// Reads <c>12</c>, <c>0x1F</c>, <c>12u</c>, <c>1.5</c>, <c>.5e-3</c>. An integer is kept as the unsigned 64 bits that were written:
/// whether it fits depends on the minus sign before it, which the parser sees.
/// </summary>
internal static class CelNumberLiteral
{
    internal static CelToken Read(string source, ref int at)
    {
        var start = at;
        if (source[at] == '0' && at + 1 < source.Length && source[at + 1] is 'x' or 'X' && at + 2 < source.Length && char.IsAsciiHexDigit(source[at + 2]))
            return Hexadecimal(source, ref at);
        Digits(source, ref at);
        var isDouble = Fraction(source, ref at);
        isDouble |= Exponent(source, ref at);
        var span = new CelSpan(start, at - start);
        if (isDouble)
            return Double(source, span);
        return Integer(source, ref at, span, ulong.TryParse(source.AsSpan(start, span.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null);
    }

    private static CelToken Hexadecimal(string source, ref int at)
    {
        var start = at;
        at += 2;
        while (at < source.Length && char.IsAsciiHexDigit(source[at]))
            at++;
        var digits = source.AsSpan(start + 2, at - start - 2);
        return Integer(source, ref at, new CelSpan(start, at - start), ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null);
    }

    private static CelToken Integer(string source, ref int at, CelSpan span, ulong? value)
    {
        var unsigned = at < source.Length && source[at] is 'u' or 'U';
        if (unsigned)
            at++;
        if (at < source.Length && (char.IsAsciiLetterOrDigit(source[at]) || source[at] == '_'))
            throw NotANumber(source, span, at);
        if (value is not { } bits)
            throw new CelRefusal(CelCodes.BadLiteral.At(span, "the integer does not fit in 64 bits", "整数超出 64 位"));
        return new CelToken(unsigned ? CelTokenKind.Uint : CelTokenKind.Int, new CelSpan(span.Start, at - span.Start), bits);
    }

    private static CelToken Double(string source, CelSpan span)
    {
        var number = double.Parse(source.AsSpan(span.Start, span.Length), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(number))
            throw new CelRefusal(CelCodes.BadLiteral.At(span, "the number does not fit in a double", "小数超出范围"));
        return new CelToken(CelTokenKind.Double, span, number);
    }

    private static void Digits(string source, ref int at)
    {
        while (at < source.Length && char.IsAsciiDigit(source[at]))
            at++;
    }

    private static bool Fraction(string source, ref int at)
    {
        if (at + 1 >= source.Length || source[at] != '.' || !char.IsAsciiDigit(source[at + 1]))
            return false;
        at++;
        Digits(source, ref at);
        return true;
    }

    private static bool Exponent(string source, ref int at)
    {
        if (at >= source.Length || source[at] is not ('e' or 'E'))
            return false;
        var digits = at + 1;
        if (digits < source.Length && source[digits] is '+' or '-')
            digits++;
        if (digits >= source.Length || !char.IsAsciiDigit(source[digits]))
            return false;
        at = digits;
        Digits(source, ref at);
        return true;
    }

    // 10m and 3x are the usual slips: a duration or a unit glued to a number.
    private static CelRefusal NotANumber(string source, CelSpan span, int at)
    {
        var end = at;
        while (end < source.Length && (char.IsAsciiLetterOrDigit(source[end]) || source[end] == '_'))
            end++;
        var text = source[span.Start..end];
        var finding = CelCodes.BadLiteral.At(new CelSpan(span.Start, end - span.Start), $"'{text}' is no number", $"'{text}' 不是数字");
        var isDuration = Library.CelDurationText.TryParse(text, out _);
        return new CelRefusal(isDuration
            ? finding with { FixEn = $"write duration('{text}')", FixZh = $"请写 duration('{text}')", Replacement = $"duration('{text}')" }
            : finding);
    }
}
