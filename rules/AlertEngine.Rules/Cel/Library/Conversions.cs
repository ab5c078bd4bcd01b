using System.Globalization;
using System.Text;
using NodaTime;

namespace AlertEngine.Rules.Cel.Library;

/// <summary>The conversion functions <c>int(x)</c>, <c>double(x)</c>, <c>string(x)</c> and their kin.</summary>
internal static class Conversions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    internal static CelValue Identity(CelValue value) => value;

    // The ends themselves are refused: a double that rounds to 2^63 need not have been an int.
    internal static CelValue DoubleToInt(CelValue value) =>
        value.AsDouble > -9.2233720368547758E18 && value.AsDouble < 9.2233720368547758E18 ? CelValue.Of((long)value.AsDouble) : CelErrors.ConversionRange;

    internal static CelValue UintToInt(CelValue value) => value.Bits >= 0 ? CelValue.Of(value.Bits) : CelErrors.ConversionRange;

    internal static CelValue TextToInt(CelValue value) =>
        long.TryParse(value.AsString, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? CelValue.Of(number)
            : CelErrors.BadArgument($"'{value.AsString}' is no int", $"'{value.AsString}' 不是整数");

    internal static CelValue InstantToInt(CelValue value) => CelValue.Of(((Instant)value.Reference!).ToUnixTimeSeconds());

    internal static CelValue DurationToInt(CelValue value) => CelValue.Of((long)((Duration)value.Reference!).TotalSeconds);

    internal static CelValue IntToUint(CelValue value) => value.AsInt >= 0 ? CelValue.Of((ulong)value.AsInt) : CelErrors.ConversionRange;

    internal static CelValue DoubleToUint(CelValue value) =>
        value.AsDouble > -1 && value.AsDouble < 1.8446744073709552E19 && value.AsDouble >= 0 ? CelValue.Of((ulong)value.AsDouble) : CelErrors.ConversionRange;

    internal static CelValue TextToUint(CelValue value) =>
        ulong.TryParse(value.AsString, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? CelValue.Of(number)
            : CelErrors.BadArgument($"'{value.AsString}' is no uint", $"'{value.AsString}' 不是无符号整数");

    internal static CelValue IntToDouble(CelValue value) => CelValue.Of((double)value.AsInt);

    internal static CelValue UintToDouble(CelValue value) => CelValue.Of((double)value.AsUint);

    internal static CelValue TextToDouble(CelValue value) => value.AsString!.ToLowerInvariant() switch
    {
        "nan" => CelValue.Of(double.NaN),
        "inf" or "+inf" or "infinity" or "+infinity" => CelValue.Of(double.PositiveInfinity),
        "-inf" or "-infinity" => CelValue.Of(double.NegativeInfinity),
        _ => ParseDouble(value.AsString),
    };

    private static CelValue ParseDouble(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && !double.IsInfinity(number) && !double.IsNaN(number)
            ? CelValue.Of(number)
            : CelErrors.BadArgument($"'{text}' is no double", $"'{text}' 不是小数");

    internal static CelValue TextToBool(CelValue value) => value.AsString switch
    {
        "true" or "TRUE" or "True" or "t" or "1" => CelValue.True,
        "false" or "FALSE" or "False" or "f" or "0" => CelValue.False,
        var text => CelErrors.BadArgument($"'{text}' is no bool", $"'{text}' 不是布尔值"),
    };

    internal static CelValue ToText(CelValue value) => value.Kind switch
    {
        CelKind.Bool => CelValue.Of(value.AsBool ? "true" : "false"),
        CelKind.Int => CelValue.Of(value.AsInt.ToString(CultureInfo.InvariantCulture)),
        CelKind.Uint => CelValue.Of(value.AsUint.ToString(CultureInfo.InvariantCulture)),
        CelKind.Double => CelValue.Of(DoubleText(value.AsDouble)),
        CelKind.Timestamp => CelValue.Of(CelTimestampText.Text((Instant)value.Reference!)),
        CelKind.Duration => CelValue.Of(CelDurationText.Seconds((Duration)value.Reference!)),
        _ => CelErrors.NoSuchOverload,
    };

    internal static string DoubleText(double number)
    {
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "+Inf" : "-Inf";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var exponent = text.IndexOf('E');
        // 1E+21 becomes 1e+21; exponents have two digits at least, as in C and Go.
        return exponent < 0 ? text : $"{text[..exponent]}e{text[exponent + 1]}{text[(exponent + 2)..].PadLeft(2, '0')}";
    }

    internal static CelValue BytesToText(CelValue value)
    {
        try
        {
            return CelValue.Of(StrictUtf8.GetString(value.AsBytes!.Span));
        }
        catch (DecoderFallbackException)
        {
            return CelErrors.InvalidUtf8;
        }
    }

    internal static CelValue TextToBytes(CelValue value) => CelValue.Utf8(value.AsString!);

    internal static CelValue TextToDuration(CelValue value) =>
        CelDurationText.TryParse(value.AsString!, out var duration)
            ? CelValue.Of(duration)
            : CelErrors.BadArgument($"'{value.AsString}' is no duration", $"'{value.AsString}' 不是时长");

    internal static CelValue TextToInstant(CelValue value) =>
        CelTimestampText.TryParse(value.AsString!, out var instant)
            ? CelValue.Of(instant)
            : CelErrors.BadArgument($"'{value.AsString}' is no timestamp", $"'{value.AsString}' 不是时间");

    internal static CelValue IntToInstant(CelValue value)
    {
        var isInRange = value.AsInt >= CelTimestampText.Earliest.ToUnixTimeSeconds() && value.AsInt <= CelTimestampText.Latest.ToUnixTimeSeconds();
        return isInRange ? CelValue.Of(Instant.FromUnixTimeSeconds(value.AsInt)) : CelErrors.TimeRange;
    }

    internal static CelValue TypeOf(CelValue value) => CelValue.OfType(CelKinds.TypeName(value));
}
