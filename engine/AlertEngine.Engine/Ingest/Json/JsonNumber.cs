using System.Buffers.Text;

namespace AlertEngine.Engine.Ingest.Json;

/// <summary>
/// A number as it stands in the JSON: sign, digits and power of ten. The double is exact by one multiplication or division where the digits
/// fit 53 bits and the power 22 (Clinger, 1990), which is nearly always; the rest goes the long way.
/// </summary>
internal readonly ref struct JsonNumber
{
    private const int MantissaDigits = 19;
    private const ulong ExactMantissa = 1UL << 53;
    private const int ExactPower = 22;

    /// <summary>So many characters without an exponent are always finite.</summary>
    private const int SurelyFinite = 300;

    private static readonly double[] Powers =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private readonly ReadOnlySpan<byte> _raw;
    private readonly ulong _mantissa;
    private readonly int _digits;
    private readonly int _power;
    private readonly bool _hasExponent;

    private JsonNumber(ReadOnlySpan<byte> raw, ulong mantissa, int digits, int power, bool hasExponent)
    {
        _raw = raw;
        _mantissa = mantissa;
        _digits = digits;
        _power = power;
        _hasExponent = hasExponent;
    }

    /// <summary>How many bytes it has; 0 where the bytes are no number.</summary>
    internal int Length => _raw.Length;

    internal bool IsFinite => (!_hasExponent && _raw.Length < SurelyFinite) || double.IsFinite(ToDouble());

    /// <summary>Reads the number at the start of <paramref name="json"/>, as far as it goes.</summary>
    internal static JsonNumber Scan(ReadOnlySpan<byte> json)
    {
        int at = json[0] == '-' ? 1 : 0;
        int integerAt = at;
        ulong mantissa = 0;
        at = Digits(json, at, ref mantissa);
        int digits = at - integerAt;
        if (digits == 0 || (json[integerAt] == '0' && digits > 1))
            return default;
        int power = 0;
        if (at < json.Length && json[at] == '.')
        {
            int end = Digits(json, at + 1, ref mantissa);
            power = at + 1 - end;
            if (power == 0)
                return default;
            digits -= power;
            at = end;
        }

        bool hasExponent = at < json.Length && (json[at] | 0x20) == 'e';
        if (hasExponent && !Exponent(json, ref at, ref power))
            return default;
        return new JsonNumber(json[..at], mantissa, digits, power, hasExponent);
    }

    /// <summary>The nearest double; infinite where none is near.</summary>
    internal double ToDouble()
    {
        if (_digits > MantissaDigits || _mantissa > ExactMantissa || _power is < -ExactPower or > ExactPower)
            return Utf8Parser.TryParse(_raw, out double parsed, out _) ? parsed : double.PositiveInfinity;
        double magnitude = _power < 0 ? _mantissa / Powers[-_power] : _mantissa * Powers[_power];
        return _raw[0] == '-' ? -magnitude : magnitude;
    }

    /// <summary>The integer that the number is, however it is written: 3, 3.0 and 30e-1 are 3.</summary>
    internal bool TryToInt(out long value)
    {
        if (_power == 0 && _digits < MantissaDigits)
        {
            value = _raw[0] == '-' ? -(long)_mantissa : (long)_mantissa;
            return true;
        }

        return decimal.TryParse(_raw, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal exact)
            & TryIntegral(exact, out value) && _digits <= 28;
    }

    private static bool TryIntegral(decimal exact, out long value)
    {
        bool isIntegral = exact == decimal.Truncate(exact) && exact is >= long.MinValue and <= long.MaxValue;
        value = isIntegral ? (long)exact : 0;
        return isIntegral;
    }

    private static int Digits(ReadOnlySpan<byte> json, int at, ref ulong mantissa)
    {
        while (at < json.Length)
        {
            uint digit = (uint)(json[at] - '0');
            if (digit > 9)
                break;
            mantissa = (mantissa * 10) + digit;
            at++;
        }

        return at;
    }

    private static bool Exponent(ReadOnlySpan<byte> json, ref int at, ref int power)
    {
        at++;
        bool isNegative = at < json.Length && json[at] == '-';
        if (at < json.Length && json[at] is (byte)'-' or (byte)'+')
            at++;
        int from = at;
        int exponent = 0;
        for (; at < json.Length && (uint)(json[at] - '0') <= 9; at++)
            exponent = Math.Min((exponent * 10) + json[at] - '0', 100_000);
        power += isNegative ? -exponent : exponent;
        return at > from;
    }
}
