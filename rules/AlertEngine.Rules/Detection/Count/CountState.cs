using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Count;

/// <summary>The state of a sliding <c>count</c> for one key: the matches in the window.</summary>
internal sealed class SlidingCountState : SlidingState
{
    internal TimeRing Matches;

    internal override int Count => Matches.Count;

    internal override long OldestTicks => Matches.OldestTicks;

    internal override long NewestTicks => Matches.NewestTicks;

    internal override bool DropUpTo(long ticks) => Matches.DropUpTo(ticks);
}

/// <summary>The state of a tumbling <c>count</c> for one key: how many so far in the present window, whose end is the due instant.</summary>
internal sealed class TumblingCountState : KeyState
{
    internal int Matches { get; set; }

    internal bool Fires { get; set; }

    public override bool IsEmpty => !Fires && Matches == 0;

    public override bool IsFiring => Fires;
}
