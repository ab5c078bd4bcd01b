using System.Globalization;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Mappings;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Engine.Ingest;

/// <summary>Turns the text of one field into its value: missing where the mapping says so, null where the text is none of its type.</summary>
internal sealed class FieldConversion
{
    private readonly RowField _field;
    private readonly LocalDateTimePattern? _local;
    private readonly OffsetDateTimePattern? _offset;

    internal FieldConversion(RowField field)
    {
        _field = field;
        _local = field.Time is { Form: TimeForm.LocalPattern } local ? LocalDateTimePattern.CreateWithInvariantCulture(local.Pattern) : null;
        _offset = field.Time is { Form: TimeForm.OffsetPattern } offset ? OffsetDateTimePattern.CreateWithInvariantCulture(offset.Pattern) : null;
    }

    internal CelValue? Convert(string text)
    {
        string trimmed = text.Trim();
        if (_field.Missing.Contains(trimmed))
            return CelValue.Missing;
        return _field.Kind switch
        {
            RowFieldKind.Int => long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) ? CelValue.Of(integer) : null,
            RowFieldKind.Double => Double(trimmed),
            RowFieldKind.Bool => Bool(trimmed),
            RowFieldKind.Time => Time(trimmed) is { } instant ? CelValue.Of(instant) : null,
            _ => CelValue.Of(text),
        };
    }

    private static CelValue? Double(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? CelValue.Of(number) : null;

    private static CelValue? Bool(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => CelValue.Of(true),
        "false" or "0" => CelValue.Of(false),
        _ => null,
    };

    private Instant? Time(string text) => _field.Time!.Form switch
    {
        TimeForm.EpochSeconds => Epoch(text, NodaConstants.TicksPerSecond),
        TimeForm.EpochMilliseconds => Epoch(text, NodaConstants.TicksPerMillisecond),
        TimeForm.OffsetPattern => _offset!.Parse(text) is { Success: true } parsed ? parsed.Value.ToInstant() : null,
        TimeForm.LocalPattern => _local!.Parse(text) is { Success: true } parsed ? InZone(parsed.Value) : null,
        _ => Rfc(text),
    };

    private static Instant? Epoch(string text, long ticksPerUnit) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal amount)
            && Math.Abs(amount) * ticksPerUnit < 2e17m
            ? Instant.FromUnixTimeTicks((long)(amount * ticksPerUnit))
            : null;

    private Instant? Rfc(string text) => Rfc3339.Read(System.Text.Encoding.UTF8.GetBytes(text), out long ticks) switch
    {
        Rfc3339Answer.Valid => Instant.FromUnixTimeTicks(ticks),
        Rfc3339Answer.NoOffset => LocalDateTimePattern.ExtendedIso.Parse(text) is { Success: true } parsed ? InZone(parsed.Value) : null,
        _ => null,
    };

    /// <summary>A time that occurs twice when clocks go back is the earlier one, one that clocks skip is moved on: a source without offsets tells no more.</summary>
    private Instant? InZone(LocalDateTime local) => _field.Time!.Zone is { } zone ? local.InZoneLeniently(zone).ToInstant() : null;
}
