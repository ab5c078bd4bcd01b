using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using NodaTime;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// What a lane is made of. Everything is made anew for each of its lives, because nothing in memory survives a restart: factories, not objects.
/// </summary>
public sealed record LaneSetup
{
    /// <summary>How it runs.</summary>
    public required LaneOptions Options { get; init; }

    /// <summary>What it knows of the rules.</summary>
    public required LaneRules Rules { get; init; }

    /// <summary>Opens the inputs.</summary>
    public required Func<IInputPort> OpenInputs { get; init; }

    /// <summary>Opens the outputs.</summary>
    public required Func<IOutputPort> OpenOutputs { get; init; }

    /// <summary>Makes a decoder.</summary>
    public required Func<IRecordDecoder> MakeDecoder { get; init; }

    /// <summary>Makes an empty window.</summary>
    public required Func<IEventWindow> MakeWindow { get; init; }

    /// <summary>Makes the kernel of a district.</summary>
    public required Func<string, IDistrictKernel> MakeKernel { get; init; }

    /// <summary>Opens the shared memory of de-duplication; null where there is none.</summary>
    public Func<IDedupStore>? OpenDedup { get; init; }

    /// <summary>Where the lane leaves its ports when it ends. Default: one that nobody waits for.</summary>
    public PortClosings Closings { get; init; } = new();

    /// <summary>The wall clock.</summary>
    public required IClock Clock { get; init; }

    /// <summary>How often time is told to an idle lane. Live only. Default 500 ms.</summary>
    public Duration Tick { get; init; } = Duration.FromMilliseconds(500);

    /// <summary>The longest pause before a lane whose life ended by a fault is taken over again; the first one is a tenth of it or less. Default 30 s.</summary>
    public Duration MaxBackoff { get; init; } = Duration.FromSeconds(30);

    /// <summary>The journal plugin's configuration path; empty: the system's default.</summary>
    public string JournalPluginId { get; init; } = "";

    /// <summary>The snapshot store's configuration path; empty: the system's default.</summary>
    public string SnapshotPluginId { get; init; } = "";
}

/// <summary>What a lane tells its owner. Live: the owner shows it on the health endpoint, the metrics and <c>lanes status</c>.</summary>
public abstract record LaneReport(int Lane)
{
    /// <summary>Recovered, and taking records.</summary>
    public sealed record Running(int Lane) : LaneReport(Lane);

    /// <summary>A batch is durable. The tally is a copy.</summary>
    public sealed record Progress(int Lane, LaneProgress At) : LaneReport(Lane);

    /// <summary>A publication ended, well or not; so many outputs wait now.</summary>
    public sealed record Published(int Lane, int Backlog) : LaneReport(Lane);

    /// <summary>All inputs at their end, everything published.</summary>
    public sealed record Completed(int Lane, LaneTally Tally) : LaneReport(Lane);

    /// <summary>Stopped with an alarm: a person has to decide.</summary>
    public sealed record Halted(int Lane, string Reason, HaltCause Cause) : LaneReport(Lane);

    /// <summary>Stopped, by wish or because another owner has it.</summary>
    public sealed record Stopped(int Lane, string Reason) : LaneReport(Lane);

    /// <summary>The process's own fault or the environment's: it is taken over again from the journal.</summary>
    public sealed record Restarting(int Lane, string Reason) : LaneReport(Lane);
}

/// <summary>The only thing that one life of a lane tells the next in memory. Used by one life at a time.</summary>
public sealed class LaneLives
{
    /// <summary>What a life found that cannot be; the next one that finds the very same halts. Forgotten once a life runs.</summary>
    public string? Suspicion { get; set; }
}

/// <summary>Ends a life of a lane; its supervisor begins another one from the journal.</summary>
public sealed class LaneRestartException : Exception
{
    /// <summary>With the reason, for the log.</summary>
    public LaneRestartException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
