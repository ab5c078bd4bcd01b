namespace AlertEngine.Simulation.World;

/// <summary>
/// What goes wrong in one simulation and how often. Each seed draws its own: some faults often and others never, because faults that always
/// come together hide what each does alone.
/// </summary>
internal sealed record Weather
{
    public required int Processes { get; init; }

    public required int Lanes { get; init; }

    /// <summary>All lanes: those of districts, and behind them the city's.</summary>
    public int AllLanes => Lanes + 1;

    /// <summary>The share of requests and of answers that get lost.</summary>
    public required double LostAnswers { get; init; }

    public required double LostRequests { get; init; }

    /// <summary>The share of requests and answers that take up to some seconds.</summary>
    public required double Slow { get; init; }

    /// <summary>How many times each calamity comes.</summary>
    public required int Kills { get; init; }

    public required int Pauses { get; init; }

    /// <summary>Processes that the group takes for dead while they go on: they hear of it later.</summary>
    public required int HeartbeatLosses { get; init; }

    public required int CleanStops { get; init; }

    public required int BrokerOutages { get; init; }

    public required int DatabaseOutages { get; init; }

    public required int RedisFaults { get; init; }

    public required int ClockJumps { get; init; }

    public required int ProducerExpiries { get; init; }

    public required int Compactions { get; init; }

    public required int PositionLosses { get; init; }

    /// <summary>Foreign transactions that stay open in partitions our outputs go to.</summary>
    public required int ForeignTransactions { get; init; }

    /// <summary>Whether the database is restored from an old backup.</summary>
    public required bool IsRestored { get; init; }

    /// <summary>Whether an input topic is deleted and created again.</summary>
    public required bool IsRecreated { get; init; }

    public required bool AsksRedis { get; init; }

    public required bool PausesWithoutRedis { get; init; }

    /// <summary>How long faults go on; afterwards everything has time to settle.</summary>
    public required long FaultyTicks { get; init; }

    public static Weather Draw(Chance chance) => new()
    {
        Processes = chance.Between(1, 3),
        Lanes = chance.Between(1, 3),
        LostAnswers = Rate(chance, 0.02),
        LostRequests = Rate(chance, 0.02),
        Slow = Rate(chance, 0.05),
        Kills = Times(chance, 4),
        Pauses = Times(chance, 3),
        HeartbeatLosses = Times(chance, 3),
        CleanStops = Times(chance, 2),
        BrokerOutages = Times(chance, 2),
        DatabaseOutages = Times(chance, 2),
        RedisFaults = Times(chance, 3),
        ClockJumps = Times(chance, 4),
        ProducerExpiries = Times(chance, 2),
        Compactions = Times(chance, 4),
        PositionLosses = Times(chance, 1),
        ForeignTransactions = Times(chance, 4),
        IsRestored = chance.Of(0.04),
        IsRecreated = chance.Of(0.02),
        AsksRedis = chance.Of(0.7),
        PausesWithoutRedis = chance.Of(0.3),
        FaultyTicks = chance.Between(20, 40) * TimeSpan.TicksPerSecond,
    };

    private static double Rate(Chance chance, double most) => chance.Of(0.5) ? 0 : most * chance.Below(1_000) / 1_000;

    private static int Times(Chance chance, int most) => chance.Of(0.5) ? 0 : chance.Between(1, most);
}
