using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Detection;

/// <summary>
/// Values in stored states: scalars, instants, durations and positions. Anything else is not kept: states hold what expressions read of
/// events, and events have no other fields worth keeping. The tags are part of the stored format and never change.
/// </summary>
public static class StateValues
{
    private const byte MissingTag = 0;
    private const byte NullTag = 1;
    private const byte FalseTag = 2;
    private const byte TrueTag = 3;
    private const byte IntTag = 4;
    private const byte UintTag = 5;
    private const byte DoubleTag = 6;
    private const byte TextTag = 7;
    private const byte InstantTag = 8;
    private const byte DurationTag = 9;
    private const byte GeoTag = 10;

    /// <summary>Whether the value is there and can be kept in a state.</summary>
    public static bool IsKept(CelValue value) =>
        value.Reference is CelValue.Tag or string or Instant or Duration or GeoPoint;

    /// <summary>Writes a value; one that cannot be kept is written as missing.</summary>
    public static void Value(this StateWriter writer, CelValue value)
    {
        switch (value.Reference)
        {
            case CelValue.Tag tag:
                Number(writer, tag.Kind, value);
                break;
            case string text:
                writer.Byte(TextTag);
                writer.Text(text);
                break;
            case Instant instant:
                writer.Byte(InstantTag);
                Parts(writer, instant - NodaConstants.UnixEpoch);
                break;
            case Duration duration:
                writer.Byte(DurationTag);
                Parts(writer, duration);
                break;
            case GeoPoint point:
                writer.Byte(GeoTag);
                writer.Double(point.Latitude);
                writer.Double(point.Longitude);
                break;
            default:
                writer.Byte(MissingTag);
                break;
        }
    }

    /// <summary>Reads a value.</summary>
    /// <exception cref="InvalidDataException">The bytes are malformed.</exception>
    public static CelValue Value(this StateReader reader)
    {
        byte tag = reader.Byte();
        return tag switch
        {
            MissingTag => default,
            NullTag => CelValue.Null,
            FalseTag => CelValue.Of(false),
            TrueTag => CelValue.Of(true),
            IntTag => CelValue.Of(reader.Signed()),
            UintTag => CelValue.Of(reader.Unsigned()),
            DoubleTag => CelValue.Of(reader.Double()),
            TextTag => CelValue.Of(reader.RequiredText()),
            InstantTag => CelValue.Of(NodaConstants.UnixEpoch + Parts(reader)),
            DurationTag => CelValue.Of(Parts(reader)),
            GeoTag => new CelValue(new GeoPoint(reader.Double(), reader.Double()), 0),
            _ => throw new InvalidDataException($"a value of kind {tag}, which this program does not know"),
        };
    }

    private static void Number(StateWriter writer, CelKind kind, CelValue value)
    {
        switch (kind)
        {
            case CelKind.Bool:
                writer.Byte(value.AsBool ? TrueTag : FalseTag);
                break;
            case CelKind.Int:
                writer.Byte(IntTag);
                writer.Signed(value.AsInt);
                break;
            case CelKind.Uint:
                writer.Byte(UintTag);
                writer.Unsigned((ulong)value.Bits);
                break;
            case CelKind.Double:
                writer.Byte(DoubleTag);
                writer.Double(value.AsDouble);
                break;
            default:
                writer.Byte(NullTag);
                break;
        }
    }

    // Days and nanoseconds of the day: a duration to the nanosecond does not fit into 64 bits.
    private static void Parts(StateWriter writer, Duration duration)
    {
        writer.Signed(duration.Days);
        writer.Signed(duration.NanosecondOfDay);
    }

    private static Duration Parts(StateReader reader) => Duration.FromDays((int)reader.Signed()) + Duration.FromNanoseconds(reader.Signed());
}
