namespace AlertEngine.Rules.Detection.Windows;

/// <summary>The state of something that counts what lies in a sliding window, for one key.</summary>
internal abstract class SlidingState : KeyState
{
    internal bool Fires { get; set; }

    /// <summary>How many there are.</summary>
    internal abstract int Count { get; }

    /// <summary>The oldest instant in the window; asked only where there is one.</summary>
    internal abstract long OldestTicks { get; }

    /// <summary>The newest instant in the window; likewise.</summary>
    internal abstract long NewestTicks { get; }

    public override bool IsEmpty => !Fires && Count == 0;

    public override bool IsFiring => Fires;

    /// <summary>Forgets what is at or before an instant; whether there was anything.</summary>
    internal abstract bool DropUpTo(long ticks);
}
