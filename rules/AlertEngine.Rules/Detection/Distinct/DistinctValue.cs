using System.Globalization;
using AlertEngine.Rules.Cel;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Detection.Distinct;

/// <summary>The text that stands for a value: two values are the same where their texts are. The values of one rule are of one type.</summary>
internal static class DistinctValue
{
    internal static bool TryRead(CelValue value, out string text)
    {
        text = value.Reference switch
        {
            string own => own,
            Instant instant => InstantPattern.ExtendedIso.Format(instant),
            Duration duration => DurationPattern.Roundtrip.Format(duration),
            CelValue.Tag tag => Number(tag.Kind, value),
            _ => "",
        };
        return value.Reference is string or Instant or Duration or CelValue.Tag;
    }

    // A double that is whole reads like the integer: CEL holds them equal. Minus zero is zero.
    private static string Number(CelKind kind, CelValue value) => kind switch
    {
        CelKind.Bool => value.AsBool ? "true" : "false",
        CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => ((ulong)value.Bits).ToString(CultureInfo.InvariantCulture),
        CelKind.Double => (value.AsDouble + 0.0).ToString("R", CultureInfo.InvariantCulture),
        _ => "null",
    };
}
