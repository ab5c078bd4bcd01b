using System.Text.Json;

namespace AlertEngine.Benchmarks.Capacity;

/// <summary>What was measured, and what a day is assumed to be: the only numbers that the arithmetic begins with, in a file beside the results.</summary>
internal sealed record CapacityFigures
{
    /// <summary>Events a second of one lane that has the machine to itself.</summary>
    public required double LaneEventsPerSecond { get; init; }

    /// <summary>Events a second of a machine whose lanes are all busy, broker included.</summary>
    public required double MachineEventsPerSecond { get; init; }

    /// <summary>How much of a machine's rate may be used at the peak, 0 to 1.</summary>
    public required double UsedAtPeak { get; init; }

    /// <summary>Bytes that the journal grows by for one event.</summary>
    public required double JournalBytesPerEvent { get; init; }

    /// <summary>Bytes of journal behind the newest snapshot of a lane, at most.</summary>
    public required double JournalBytesBehindSnapshot { get; init; }

    /// <summary>Bytes of Redis for one key.</summary>
    public required double RedisBytesPerKey { get; init; }

    /// <summary>For how many hours Redis remembers a key.</summary>
    public required double RedisHours { get; init; }

    /// <summary>The share of events that some rule reads, about which alone Redis is asked, 0 to 1.</summary>
    public required double ReadShare { get; init; }

    /// <summary>Bytes of memory for one live key of a rule.</summary>
    public required double StateBytesPerKey { get; init; }

    /// <summary>Devices that have state, over the whole city.</summary>
    public required double LiveKeys { get; init; }

    /// <summary>Bytes of an event on the wire.</summary>
    public required double EventBytes { get; init; }

    /// <summary>Events of the day.</summary>
    public required double EventsPerDay { get; init; }

    /// <summary>How the hours of a day differ, 24 weights.</summary>
    public required IReadOnlyList<double> HourWeights { get; init; }

    /// <summary>How many times the usual rate a storm brings, for <see cref="StormMinutes"/> from the busiest hour on.</summary>
    public required double StormFactor { get; init; }

    /// <summary>How long it lasts.</summary>
    public required int StormMinutes { get; init; }

    /// <summary>How uneven districts are: the weight of the n-th is 1/n to this power.</summary>
    public required double DistrictSkew { get; init; }

    /// <summary>Reads them.</summary>
    public static CapacityFigures Read(string path) =>
        JsonSerializer.Deserialize<CapacityFigures>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? throw new InvalidDataException($"{path} is empty");
}
