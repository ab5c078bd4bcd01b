using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Distinct;

/// <summary>The state of a sliding <c>distinct</c> for one key: the values in the window, each with when it was last seen.</summary>
internal sealed class SlidingDistinctState : SlidingState
{
    internal LatestValues Values { get; init; } = new();

    internal override int Count => Values.Count;

    internal override long OldestTicks => Values.OldestTicks;

    internal override long NewestTicks => Values.NewestTicks;

    internal override bool DropUpTo(long ticks) => Values.DropUpTo(ticks);
}

/// <summary>The state of a tumbling <c>distinct</c> for one key: the values so far in the present window, whose end is the due instant.</summary>
internal sealed class TumblingDistinctState : KeyState
{
    internal SortedSet<string> Values { get; init; } = new(StringComparer.Ordinal);

    internal bool Fires { get; set; }

    public override bool IsEmpty => !Fires && Values.Count == 0;

    public override bool IsFiring => Fires;
}
