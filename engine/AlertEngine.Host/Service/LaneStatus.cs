using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;

namespace AlertEngine.Host.Service;

/// <summary>Where a lane of this process stands.</summary>
internal enum LaneState
{
    Recovering = 0,
    Running,
    Restarting,
    Halted,
    Stopped,
}

/// <summary>What is known of a lane of this process.</summary>
internal sealed record LaneStatus(int Lane, LaneState State, string Reason)
{
    /// <summary>Its newest progress; null before the first batch of this life.</summary>
    public LaneProgress? Progress { get; init; }

    /// <summary>What a person may decide about its halt; null where it has not halted.</summary>
    public HaltCause? Cause { get; init; }

    /// <summary>What to do about its halt; empty where it has not halted.</summary>
    public string Remedy => Cause is { } cause ? LaneHalts.RemedyOf(cause, Lane) : "";

    /// <summary>Where its inputs end, as far as the broker has told.</summary>
    public ImmutableArray<long> Ends { get; init; } = [];

    /// <summary>Outputs persisted and not published.</summary>
    public int Backlog { get; init; }

    /// <summary>Lives that ended by a fault.</summary>
    public long Restarts { get; init; }

    /// <summary>Records that are there and not yet read.</summary>
    public long Lag => Progress is { } progress && Ends.Length == progress.ReadOffsets.Length ? Ends.Zip(progress.ReadOffsets, (end, read) => Math.Max(0, end - Math.Max(0, read))).Sum() : 0;
}

/// <summary>The lanes of this process, as health, metrics and heartbeats see them. Thread-safe.</summary>
internal sealed class LaneBoard
{
    private ImmutableSortedDictionary<int, LaneStatus> _lanes = ImmutableSortedDictionary<int, LaneStatus>.Empty;

    public ImmutableArray<LaneStatus> Lanes => [.. Volatile.Read(ref _lanes).Values];

    /// <summary>Whether ownership has spoken: an engine that knows of no lanes yet is not ready.</summary>
    public bool IsAssigned { get; set; }

    public void Set(LaneStatus status) => ImmutableInterlocked.Update(ref _lanes, lanes => lanes.SetItem(status.Lane, status));

    public void Change(int lane, Func<LaneStatus, LaneStatus> change) =>
        ImmutableInterlocked.Update(ref _lanes, lanes => lanes.TryGetValue(lane, out var status) ? lanes.SetItem(lane, change(status)) : lanes);

    public void Remove(int lane) => ImmutableInterlocked.Update(ref _lanes, lanes => lanes.Remove(lane));

    /// <summary>Why the engine is not ready; empty where it is.</summary>
    public ImmutableArray<string> Unready() =>
        !IsAssigned ? ["no lanes are assigned yet"]
        : [.. Lanes.Where(lane => lane.State != LaneState.Running).Select(lane => $"lane {lane.Lane} is {lane.State.ToString().ToLowerInvariant()}{(lane.Reason.Length == 0 ? "" : ": " + lane.Reason)}{(lane.Remedy.Length == 0 ? "" : "; " + lane.Remedy)}")];
}
