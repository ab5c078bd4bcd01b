using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Simulation.World;
using NodaTime;

namespace AlertEngine.Simulation.Engines;

/// <summary>How the engines of one simulation are set up: limits so small that they are reached.</summary>
internal sealed record SimOptions
{
    public required LaneOptions Lane { get; init; }

    public required WindowOptions Window { get; init; }

    /// <summary>How often time is told to a lane.</summary>
    public long TickTicks { get; init; } = TimeSpan.TicksPerSecond;

    /// <summary>How long a fetch waits for a first record.</summary>
    public long FetchWaitTicks { get; init; } = TimeSpan.TicksPerSecond / 2;

    public static SimOptions Draw(Chance chance, Weather weather) => new()
    {
        Lane = new LaneOptions
        {
            BatchRecords = chance.Between(2, 30),
            SliceRecords = chance.Between(1, 10),
            PublishOutputs = chance.Between(1, 12),
            BacklogOutputs = chance.Between(5, 60),
            BufferedEvents = chance.Between(20, 60),
            RowBytes = chance.Between(200, 4_000),
            SnapshotBatches = chance.Between(1, 6),
            SnapshotJournalBytes = 1,
            SnapshotPartBytes = chance.Between(1, 2_000),
            CityBeat = Duration.FromSeconds(2),
            Idle = Duration.FromSeconds(chance.Between(2, 6)),
            MaxSkew = Duration.FromSeconds(20),
            AsksDedup = weather.AsksRedis,
            PausesWithoutDedup = weather.PausesWithoutRedis,
        },
        Window = new WindowOptions { MaxKeys = 2_000, ExpectedKeys = 16 },
    };
}
