using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Tests.Detection.Driving;

/// <summary>An event of a test stream. Times are whole seconds, so that instants coincide often.</summary>
internal sealed record Sample(int At, string Key = "k", double? X = null, double? Y = null, string? Text = null, uint Sources = 1)
{
    public const int XSlot = EventSlots.FirstField;
    public const int YSlot = EventSlots.FirstField + 1;
    public const int TextSlot = EventSlots.FirstField + 2;
    public const int SlotCount = EventSlots.FirstField + 3;

    private static readonly EventLayout Layout = new(
        "test",
        new CelRecordType("test", FrameRecords.Event, EventLayout.CommonFields),
        []);

    /// <summary>Sources order events of one instant, before ids.</summary>
    public string Source { get; init; } = "s";

    public string Id { get; init; } = "";

    public GeoPoint? Geo { get; init; }

    public EventRecord ToRecord()
    {
        var slots = new CelValue[SlotCount];
        slots[EventSlots.Id] = CelValue.Of(Id);
        slots[EventSlots.Source] = CelValue.Of(Source);
        slots[EventSlots.Type] = CelValue.Of("test");
        slots[EventSlots.Device] = CelValue.Of(Key);
        slots[EventSlots.Time] = CelValue.Of(NodaTime.Instant.FromUnixTimeTicks(Seconds.Ticks(At)));
        if (Geo is not null)
            slots[EventSlots.Geo] = new CelValue(Geo, 0);
        if (X is { } x)
            slots[XSlot] = CelValue.Of(x);
        if (Y is { } y)
            slots[YSlot] = CelValue.Of(y);
        if (Text is not null)
            slots[TextSlot] = CelValue.Of(Text);
        return new EventRecord { Layout = Layout, Slots = slots, TimeTicks = Seconds.Ticks(At) };
    }
}

/// <summary>Whole seconds of tests and ticks of the engine.</summary>
internal static class Seconds
{
    public static long Ticks(int seconds) => seconds * NodaTime.NodaConstants.TicksPerSecond;

    public static NodaTime.Duration Of(int seconds) => NodaTime.Duration.FromSeconds(seconds);

    public static int From(long ticks) => checked((int)(ticks / NodaTime.NodaConstants.TicksPerSecond));
}
