using System.Text;
using AlertEngine.Engine.Ingest;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// What the way to the engine does to good events: most come within a second, some overtake others by a few seconds, few come late,
/// some come twice, and a handful come twice with other data.
/// </summary>
internal sealed class Delivery(ulong seed, SampleDayTally tally)
{
    private const int UsualDelayMs = 900;
    private const int OvertakenPerMille = 20;
    private const int LatePerMille = 5;
    private const int TwicePerMille = 12;
    private const int ConflictEvery = 4_000;

    private readonly SampleRandom _random = SampleRandom.For(seed, "delivery");
    private int _delivered;

    /// <summary>How an event says where it is: what flies by its position, what stands mostly by its district.</summary>
    public Placement PlacementOf(SampleEvent sample)
    {
        int share = _random.Below(1000);
        if (sample.Device.Kind == DeviceKind.Drone)
            return share < 100 ? Placement.District : share < 800 ? Placement.Position : Placement.MarsPosition;
        return share < 820 ? Placement.District : share < 920 ? Placement.Street : Placement.Registry;
    }

    /// <summary>The arrivals of one event: one, or more where it comes twice.</summary>
    public IEnumerable<Arrival> Of(CloudEventLine line)
    {
        byte[] bytes = line.ToBytes();
        long arrivesMs = line.Event.TimeMs + DelayMs();
        _delivered++;
        yield return new Arrival(arrivesMs, bytes);
        if (_random.PerMille(TwicePerMille))
        {
            tally.Duplicates++;
            yield return new Arrival(arrivesMs + _random.Between(1, 40_000), bytes);
        }

        if (_delivered % ConflictEvery == 0)
        {
            tally.Reject(RejectionCodes.Conflict);
            yield return new Arrival(arrivesMs + 1_000, Encoding.UTF8.GetBytes(line.With("\"data\":{", "\"data\":{\"resent\":true,")));
        }
    }

    private int DelayMs()
    {
        if (_random.PerMille(LatePerMille))
        {
            tally.Late++;
            return _random.Between(20_000, 180_000);
        }

        if (!_random.PerMille(OvertakenPerMille))
            return _random.Below(UsualDelayMs);
        tally.Overtaken++;
        return _random.Between(1_500, 4_500);
    }
}
