using System.Globalization;
using System.Numerics;

namespace AlertEngine.Rules.Cel.Library.Extensions;

/// <summary>
/// Doubles as decimal text, rounded half to even on their exact value. .NET rounds halves away from zero, so the digits are made here:
/// a double is an integer times a power of two, which has a finite decimal expansion.
/// </summary>
internal static class ExactDecimal
{
    /// <summary><c>[-]ddd.dddd</c> with so many decimals.</summary>
    internal static string Fixed(double number, int decimals)
    {
        var (digits, scale) = Expand(number);
        var rounded = scale > decimals ? RoundHalfEven(digits, scale - decimals) : digits * BigInteger.Pow(10, decimals - scale);
        return Sign(number) + Pointed(rounded, decimals);
    }

    /// <summary><c>[-]d.dddde±dd</c> with so many decimals.</summary>
    internal static string Scientific(double number, int decimals)
    {
        var (digits, scale) = Expand(number);
        if (digits.IsZero)
            return $"{Sign(number)}{Pointed(digits, decimals)}e+00";
        var length = Length(digits);
        var exponent = length - 1 - scale;
        var surplus = length - 1 - decimals;
        var rounded = surplus > 0 ? RoundHalfEven(digits, surplus) : digits * BigInteger.Pow(10, -surplus);
        // 9.99 rounds to 10.0, which is one digit longer.
        if (Length(rounded) > decimals + 1)
            (rounded, exponent) = (rounded / 10, exponent + 1);
        return $"{Sign(number)}{Pointed(rounded, decimals)}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("D2", CultureInfo.InvariantCulture)}";
    }

    /// <summary>The shortest text that reads back as the number, without an exponent.</summary>
    internal static string Shortest(double number)
    {
        var round = number.ToString("R", CultureInfo.InvariantCulture);
        var at = round.IndexOf('E');
        if (at < 0)
            return round;
        var exponent = int.Parse(round.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = round[..at].TrimStart('-');
        var point = mantissa.IndexOf('.') is var dot && dot < 0 ? mantissa.Length : dot;
        var digits = mantissa.Replace(".", "");
        var position = point + exponent;
        var body = position <= 0 ? "0." + new string('0', -position) + digits
            : position >= digits.Length ? digits.PadRight(position, '0')
            : digits[..position] + "." + digits[position..];
        return Sign(number) + body;
    }

    private static string Sign(double number) => double.IsNegative(number) ? "-" : "";

    // The absolute value as digits × 10^−scale, exactly.
    private static (BigInteger Digits, int Scale) Expand(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xFFFFFFFFFFFFF;
        var (mantissa, power) = exponent == 0 ? (fraction, -1074) : (fraction | (1L << 52), exponent - 1075);
        if (mantissa == 0)
            return (BigInteger.Zero, 0);
        var zeros = Math.Min(BitOperations.TrailingZeroCount(mantissa), Math.Max(0, -power));
        (mantissa, power) = (mantissa >> zeros, power + zeros);
        return power >= 0 ? (new BigInteger(mantissa) << power, 0) : (mantissa * BigInteger.Pow(5, -power), -power);
    }

    private static BigInteger RoundHalfEven(BigInteger digits, int dropped)
    {
        var unit = BigInteger.Pow(10, dropped);
        var quotient = BigInteger.DivRem(digits, unit, out var remainder);
        var order = (remainder * 2).CompareTo(unit);
        return order > 0 || (order == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static string Pointed(BigInteger digits, int decimals)
    {
        var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return decimals == 0 ? text : $"{text[..^decimals]}.{text[^decimals..]}";
    }

    private static int Length(BigInteger digits) => digits.ToString(CultureInfo.InvariantCulture).Length;
}
