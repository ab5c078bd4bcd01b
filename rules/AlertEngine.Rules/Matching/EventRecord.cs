using AlertEngine.Rules.Cel;
using NodaTime;

namespace AlertEngine.Rules.Matching;

/// <summary>CAP's word for what an event is worth: only an actual one may become a real order.</summary>
public enum EventStatus
{
    /// <summary>A real observation.</summary>
    Actual = 0,

    /// <summary>Part of a drill: its orders go to the exercise topic.</summary>
    Exercise,

    /// <summary>A technical test: its orders go to the exercise topic.</summary>
    Test,
}

/// <summary>A position, WGS 84, in degrees.</summary>
/// <param name="Latitude">-90 to 90, north positive.</param>
/// <param name="Longitude">-180 to 180, east positive.</param>
public sealed record GeoPoint(double Latitude, double Longitude) : ICelOpaque
{
    CelType ICelOpaque.Type => CelType.Geo;

    CelValue ICelOpaque.Member(string name) => name switch
    {
        "lat" => CelValue.Of(Latitude),
        "lon" => CelValue.Of(Longitude),
        _ => CelValue.Missing,
    };

    /// <summary>The position that a slot holds, or null.</summary>
    public static GeoPoint? From(CelValue value) => value.AsOpaque as GeoPoint;

    /// <summary>The position as a value of the language.</summary>
    public CelValue ToValue() => new(this, 0);
}

/// <summary>
/// An accepted event as rules see it: decoded once, its fields in typed slots. The first slots are those that every event has
/// (<see cref="EventSlots"/>), those of the event's type follow as its <see cref="EventLayout"/> says.
/// Mutable only while the decoder fills it; read-only afterwards, and then safe to share between threads.
/// </summary>
public sealed class EventRecord
{
    /// <summary>The layout of <see cref="Slots"/>.</summary>
    public required EventLayout Layout { get; init; }

    /// <summary>All slots. <c>event.x</c> of an expression reads here.</summary>
    public required CelValue[] Slots { get; init; }

    /// <summary>Event time in ticks of 100 ns since the Unix epoch: the resolution of the engine.</summary>
    public long TimeTicks { get; set; }

    /// <summary>CAP status.</summary>
    public EventStatus Status { get; set; }

    /// <summary>Event time.</summary>
    public Instant Time => Instant.FromUnixTimeTicks(TimeTicks);

    /// <summary>CloudEvents id.</summary>
    public string Id => Text(EventSlots.Id);

    /// <summary>CloudEvents source.</summary>
    public string Source => Text(EventSlots.Source);

    /// <summary>CloudEvents type.</summary>
    public string Type => Text(EventSlots.Type);

    /// <summary>CloudEvents subject: the device's id; empty where the event has none.</summary>
    public string Device => Text(EventSlots.Device);

    /// <summary>District code, resolved at ingest.</summary>
    public string District => Text(EventSlots.District);

    /// <summary>Street code, or empty.</summary>
    public string Street => Text(EventSlots.Street);

    /// <summary>Grid code, or empty.</summary>
    public string Grid => Text(EventSlots.Grid);

    /// <summary>The position, or null.</summary>
    public GeoPoint? Geo => Slots[EventSlots.Geo].Reference as GeoPoint;

    private string Text(int slot) => Slots[slot].AsString ?? "";
}

/// <summary>The slots that every event has, in every layout.</summary>
public static class EventSlots
{
    /// <summary><c>event.id</c>.</summary>
    public const int Id = 0;

    /// <summary><c>event.source</c>.</summary>
    public const int Source = 1;

    /// <summary><c>event.type</c>.</summary>
    public const int Type = 2;

    /// <summary><c>event.device</c>.</summary>
    public const int Device = 3;

    /// <summary><c>event.district</c>.</summary>
    public const int District = 4;

    /// <summary><c>event.street</c>.</summary>
    public const int Street = 5;

    /// <summary><c>event.grid</c>.</summary>
    public const int Grid = 6;

    /// <summary><c>event.time</c>.</summary>
    public const int Time = 7;

    /// <summary><c>event.geo</c>.</summary>
    public const int Geo = 8;

    /// <summary>The first slot of the fields that the event's type declares.</summary>
    public const int FirstField = 9;
}
