using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Testing.Lanes;

/// <summary>
/// A decoder of lines <c>id,district,seconds,payload</c>: what lane tests need of events and no more. The source is the input's number; a line
/// that does not read so is rejected.
/// </summary>
public sealed class LineDecoder : IRecordDecoder, IDecodedEvent
{
    private static readonly EventLayout Layout =
        new("line", new CelRecordType("event", FrameRecords.Event, EventLayout.CommonFields), []);

    private string _id = "";

    public IDecodedEvent Event => this;

    public string Type => "line";

    public string District { get; private set; } = "";

    public long TimeTicks { get; private set; }

    public UInt128 Key { get; private set; }

    public ulong PayloadHash { get; private set; }

    public UInt128? ObservationKey => null;

    /// <summary>Ids whose decoding ends the process.</summary>
    public HashSet<string> Killers { get; } = [];

    /// <summary>Where dead letters go.</summary>
    public string DeadLetterTopic { get; init; } = "deadletters";

    public Rejection? Decode(in InputRecord record, TimeBounds bounds)
    {
        string[] parts = Encoding.UTF8.GetString(record.Value.Span).Split(',');
        if (parts.Length != 4 || !long.TryParse(parts[2], out long seconds))
            return new Rejection(RejectionCodes.InvalidJson, "the line has not four parts");
        if (Killers.Contains(parts[0]))
            throw new ProcessKilledException(parts[0]);
        (_id, District, TimeTicks) = (parts[0], parts[1], seconds * TimeSpan.TicksPerSecond);
        if (TimeTicks > bounds.LatestTicks)
            return new Rejection(RejectionCodes.TimeAhead, "the time lies ahead");
        Key = ((UInt128)StableHash.Of(_id) << 64) | 1;
        PayloadHash = StableHash.Of(parts[3]);
        return null;
    }

    /// <summary>The same line, where it comes as a command.</summary>
    public CommandReading DecodeCommand(in InputRecord record, TimeBounds bounds)
    {
        if (Decode(record, bounds) is { } rejection)
            return CommandReading.Rejected(rejection);
        return CommandReading.Of(District, new OrderCommand(_id, OrderVerb.Acknowledge, TimeTicks, "officer", "seen"));
    }

    public Output Forward(in InputRecord record, string topic, string district) => new(OutputKind.Rekeyed, topic, district, record.Value);

    public EventRecord Keep()
    {
        CelValue[] slots = new CelValue[Layout.Record.SlotCount];
        slots[EventSlots.Id] = CelValue.Of(_id);
        slots[EventSlots.Source] = CelValue.Of("lines");
        slots[EventSlots.Type] = CelValue.Of(Type);
        slots[EventSlots.Device] = CelValue.Of(_id);
        slots[EventSlots.District] = CelValue.Of(District);
        return new EventRecord { Layout = Layout, Slots = slots, TimeTicks = TimeTicks };
    }

    public Output DeadLetter(in InputRecord record, Rejection rejection) =>
        new(OutputKind.DeadLetter, DeadLetterTopic, "", Encoding.UTF8.GetBytes($$"""{"input":{{record.Input}},"offset":{{record.Offset}},"code":"{{rejection.Code}}"}"""));
}

/// <summary>Stands for the death of the process while an input was worked on.</summary>
public sealed class ProcessKilledException(string by) : Exception($"killed by {by}");

/// <summary>FNV-1a: the same in each process, unlike the framework's.</summary>
public static class StableHash
{
    public static ulong Of(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte next in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ next) * 1099511628211;
        return hash;
    }
}
