using System.Globalization;
using System.Numerics;
using System.Text;

namespace AlertEngine.Rules.Cel.Library.Extensions;

/// <summary><c>text.format(list)</c>: <c>%s %d %f %e %x %X %o %b %%</c>, with a precision for <c>%f</c> and <c>%e</c>.</summary>
internal static class TextFormat
{
    private const int DefaultPrecision = 6;
    private const int MaximumPrecision = 1_000;

    internal static CelValue Format(CelValue format, CelValue list)
    {
        var text = format.AsString!;
        var arguments = list.AsList!;
        var result = new StringBuilder();
        var used = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '%')
                result.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '%')
                result.Append(text[++at]);
            else
            {
                var clause = Clause.Read(text, ref at);
                if (clause is null)
                    return CelErrors.BadArgument("a formatting clause cannot be read", "格式子句有误");
                if (used >= arguments.Count)
                    return CelErrors.BadArgument($"there is no argument {used}", $"没有第 {used} 个参数");
                if (Formatted(clause.Value, arguments[used++]) is not { } part)
                    return CelErrors.BadArgument($"%{clause.Value.Letter} does not take this value", $"%{clause.Value.Letter} 不能用于该值");
                result.Append(part);
            }
            if (result.Length > Collections.MaximumTextLength)
                return CelErrors.TooBig;
        }
        return CelValue.Of(result.ToString());
    }

    private readonly record struct Clause(char Letter, int Precision)
    {
        // "%.3f": `at` stands on the percent sign and moves to the letter.
        internal static Clause? Read(string text, ref int at)
        {
            var precision = DefaultPrecision;
            at++;
            var hasPrecision = at < text.Length && text[at] == '.';
            if (hasPrecision)
            {
                var start = ++at;
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                    at++;
                if (!int.TryParse(text.AsSpan(start, at - start), NumberStyles.None, CultureInfo.InvariantCulture, out precision) || precision > MaximumPrecision)
                    return null;
            }
            if (at >= text.Length || !"sdfexXob".Contains(text[at]) || (hasPrecision && text[at] is not ('f' or 'e')))
                return null;
            return new Clause(text[at], precision);
        }
    }

    private static string? Formatted(Clause clause, CelValue value) => clause.Letter switch
    {
        's' => Plain(value),
        'd' => value.Kind is CelKind.Int or CelKind.Uint or CelKind.Double ? Plain(value) : null,
        'f' => Number(value) is { } number ? Special(number) ?? ExactDecimal.Fixed(number, clause.Precision) : null,
        'e' => Number(value) is { } number ? Special(number) ?? ExactDecimal.Scientific(number, clause.Precision) : null,
        'x' => Hexadecimal(value),
        'X' => Hexadecimal(value)?.ToUpperInvariant(),
        'o' => Whole(value) is { } whole ? Radix(whole, 8) : null,
        _ => value.IsBool ? (value.AsBool ? "1" : "0") : Whole(value) is { } bits ? Radix(bits, 2) : null,
    };

    private static string? Plain(CelValue value) => value.Kind switch
    {
        CelKind.String => value.AsString,
        CelKind.Null => "null",
        CelKind.Bool => value.AsBool ? "true" : "false",
        CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture),
        CelKind.Double => Special(value.AsDouble) ?? ExactDecimal.Shortest(value.AsDouble),
        CelKind.Bytes => Utf8(value.AsBytes!),
        CelKind.Duration => CelDurationText.Seconds(value.AsDuration!.Value),
        CelKind.Timestamp => CelTimestampText.Text(value.AsInstant!.Value),
        CelKind.Type => value.Reference!.ToString(),
        CelKind.List => List(value.AsList!),
        CelKind.Map => Map(value.AsMap!),
        _ => null,
    };

    private static string? List(CelList list)
    {
        var parts = list.Select(Plain).ToArray();
        return parts.Contains(null) ? null : $"[{string.Join(", ", parts)}]";
    }

    private static string? Map(CelMap map)
    {
        var parts = map.Select(entry => (Key: Plain(entry.Key), Value: Plain(entry.Value))).ToArray();
        if (parts.Any(part => part.Key is null || part.Value is null))
            return null;
        return $"{{{string.Join(", ", parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Key}: {part.Value}"))}}}";
    }

    // Adjacent invalid sequences become one replacement character.
    private static string Utf8(CelBytes bytes)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        while (text.Contains("\ufffd\ufffd", StringComparison.Ordinal))
            text = text.Replace("\ufffd\ufffd", "\ufffd");
        return text;
    }

    private static string? Special(double number) =>
        double.IsNaN(number) ? "NaN" : double.IsPositiveInfinity(number) ? "Infinity" : double.IsNegativeInfinity(number) ? "-Infinity" : null;

    private static double? Number(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.Uint => value.AsUint,
        CelKind.Double => value.AsDouble,
        _ => null,
    };

    private static Int128? Whole(CelValue value) => value.Kind switch
    {
        CelKind.Int => value.AsInt,
        CelKind.Uint => value.AsUint,
        _ => null,
    };

    private static string? Hexadecimal(CelValue value) => value.Kind switch
    {
        CelKind.String => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value.AsString!)),
        CelKind.Bytes => Convert.ToHexStringLower(value.AsBytes!.Span),
        _ => Whole(value) is { } whole ? Radix(whole, 16) : null,
    };

    private static string Radix(Int128 number, int radix)
    {
        var digits = new StringBuilder();
        var rest = (BigInteger)Int128.Abs(number);
        do
        {
            digits.Insert(0, "0123456789abcdef"[(int)(rest % radix)]);
            rest /= radix;
        }
        while (!rest.IsZero);
        return number < 0 ? "-" + digits : digits.ToString();
    }
}
