using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Ingest;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// What must become a dead letter: every kind that integrators send by mistake, several times over the day. Each is made from a good
/// event of the day, under an id of its own.
/// </summary>
internal sealed class BrokenLines(ulong seed, SampleDayTally tally)
{
    private const int RoundsPerDay = 5;
    private const string UnknownDevice = "\"WL-NEW-07\"";

    private static readonly SampleDevice Gauge = SampleRegistry.Find("WL-QX-01");
    private static readonly SampleDevice Drone = SampleRegistry.Find("UAV-GL-01");

    private static readonly ImmutableArray<(string Code, Func<CloudEventLine, byte[]> Break)> Kinds =
    [
        (RejectionCodes.InvalidUtf8, NotUtf8),
        (RejectionCodes.InvalidJson, line => line.ToBytes()[..^40]),
        (RejectionCodes.InvalidJson, line => [(byte)'[', .. line.ToBytes(), (byte)']']),
        (RejectionCodes.DuplicateMember, line => Utf8(line.With("\"specversion\":\"1.0\",", "\"specversion\":\"1.0\",\"type\":\"water.level\","))),
        (RejectionCodes.MissingAttribute, line => Utf8(line.With($"\"id\":\"{line.Id}\",", ""))),
        (RejectionCodes.MissingAttribute, line => Utf8(line.With($"\"subject\":\"{line.Event.Device.Id}\",", ""))),
        (RejectionCodes.MissingAttribute, line => Utf8(line.With($"\"time\":\"{DayTime.Rfc3339(line.Event.TimeMs)}\",", ""))),
        (RejectionCodes.InvalidAttribute, line => Utf8(line.With($"\"time\":\"{DayTime.Rfc3339(line.Event.TimeMs)}\"", "\"time\":\"yesterday\""))),
        (RejectionCodes.TimeWithoutOffset, line => Utf8(line.With("+08:00", ""))),
        (RejectionCodes.TimeAhead, line => Utf8(line.With("\"time\":\"2026", "\"time\":\"2031"))),
        (RejectionCodes.InvalidField, line => Utf8(line.With("\"level_m\":2.17", "\"level_m\":\"2.17 m\""))),
        (RejectionCodes.UnknownDistrict, line => Utf8(line.With("\"district\":\"320113\"", "\"district\":\"320199\""))),
        (RejectionCodes.Unresolved, line => Utf8((line with { Placement = Placement.Registry }).With("\"WL-QX-01\"", UnknownDevice))),
    ];

    private readonly SampleRandom _random = SampleRandom.For(seed, "broken");

    /// <summary>The arrivals.</summary>
    public IEnumerable<Arrival> All()
    {
        for (int round = 0; round < RoundsPerDay; round++)
        {
            for (int kind = 0; kind < Kinds.Length; kind++)
            {
                tally.Reject(Kinds[kind].Code);
                yield return Broken(round, kind);
            }

            tally.Reject(RejectionCodes.Unresolved);
            yield return OverTheRiver(round);
            tally.Reject(RejectionCodes.InvalidLocation);
            yield return BeyondThePole(round);
        }
    }

    private Arrival Broken(int round, int kind)
    {
        long timeMs = TimeOf(round);
        CloudEventLine line = new(new SampleEvent(timeMs, Gauge, "water.level", "\"level_m\":2.17,\"quality\":\"good\""), 90_000 + (round * 100) + kind, Placement.District);
        return new Arrival(timeMs + 200, Kinds[kind].Break(line));
    }

    /// <summary>A position in the middle of the Yangtze, which no outline holds.</summary>
    private Arrival OverTheRiver(int round) => Flying(round, 0, "[118.7480,32.1300]");

    private Arrival BeyondThePole(int round) => Flying(round, 1, "[118.7480,132.1300]");

    private Arrival Flying(int round, int kind, string coordinates)
    {
        long timeMs = TimeOf(round);
        string fields = $"\"flight\":{{\"alt\":60.0,\"battery\":55.0}},\"location\":{{\"type\":\"Point\",\"coordinates\":{coordinates}}}";
        CloudEventLine line = new(new SampleEvent(timeMs, Drone, "drone.position", fields), 91_000 + (round * 100) + kind, Placement.Registry);
        return new Arrival(timeMs + 200, line.ToBytes());
    }

    // Not in the first hour: a time that lies years ahead is told by the times that were seen before it.
    private long TimeOf(int round) => DayTime.At(1 + (round * 4)) + _random.Below((int)DayTime.At(4));

    private static byte[] NotUtf8(CloudEventLine line)
    {
        byte[] bytes = line.ToBytes();
        int at = bytes.AsSpan().IndexOf("good"u8);
        bytes[at] = 0xC3;
        bytes[at + 1] = 0x28;
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
