namespace AlertEngine.Simulation.World;

/// <summary>Simulated time: what is to happen, in the order of its instants and, at one instant, in the order in which it was planned. Not thread-safe.</summary>
internal sealed class Schedule
{
    /// <summary>When every simulation begins: 2026-07-01T00:00:00Z, in ticks since the Unix epoch.</summary>
    public const long StartTicks = 17_828_640_000_000_000;

    private readonly PriorityQueue<Action, (long AtTicks, long Number)> _queue = new();
    private long _planned;

    /// <summary>The instant, in ticks since the Unix epoch.</summary>
    public long NowTicks { get; private set; } = StartTicks;

    /// <summary>How many things have happened.</summary>
    public long Steps { get; private set; }

    /// <summary>Plans something.</summary>
    public void In(long delayTicks, Action action) => _queue.Enqueue(action, (NowTicks + Math.Max(0, delayTicks), _planned++));

    /// <summary>Lets the next thing happen; false where nothing is planned.</summary>
    public bool Step()
    {
        if (!_queue.TryDequeue(out Action? action, out (long AtTicks, long Number) key))
            return false;
        NowTicks = key.AtTicks;
        Steps++;
        action();
        return true;
    }
}
