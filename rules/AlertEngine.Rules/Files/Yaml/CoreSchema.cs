using System.Globalization;

namespace AlertEngine.Rules.Files.Yaml;

/// <summary>
/// YAML 1.2's core schema: which plain scalars are null, booleans and numbers. <c>on</c>, <c>no</c> and <c>yes</c> are texts, which readers
/// of YAML 1.1 get wrong; a district called <c>no</c> must stay one.
/// </summary>
public static class CoreSchema
{
    private const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whether a plain scalar means null.</summary>
    public static bool IsNull(string plain) => plain is "" or "~" or "null" or "Null" or "NULL";

    /// <summary>The boolean that a scalar means, or null.</summary>
    public static bool? Bool(YamlScalar scalar) => scalar.Style != YamlStyle.Plain ? null : scalar.Value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    /// <summary>The integer that a scalar means, or null: decimal, <c>0o17</c> or <c>0xff</c>, within 64 bits.</summary>
    public static long? Integer(YamlScalar scalar)
    {
        string text = scalar.Value;
        if (scalar.Style != YamlStyle.Plain || text.Length == 0)
            return null;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex) ? hex : null;
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Octal(text.AsSpan(2));
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;
    }

    /// <summary>The finite number that a scalar means, or null. Infinities and NaN are no thresholds.</summary>
    public static double? Number(YamlScalar scalar)
    {
        if (Integer(scalar) is { } integer)
            return integer;
        return scalar.Style == YamlStyle.Plain
            && double.TryParse(scalar.Value, Decimal, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value)
            ? value
            : null;
    }

    private static long? Octal(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty || digits.Length > 20)
            return null;
        long value = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7')
                return null;
            value = (value * 8) + (digit - '0');
        }

        return value;
    }
}
