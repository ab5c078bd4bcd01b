namespace AlertEngine.Rules.Detection.Timing;

/// <summary>
/// Something that a <see cref="TimingWheel"/> keeps until it is due. The links are part of the node, so that a million timers cost no
/// objects of their own. A node is in one wheel at a time. Not thread-safe.
/// </summary>
public abstract class TimerNode
{
    /// <summary>The value of <see cref="DueTicks"/> where nothing is due.</summary>
    public const long NeverTicks = long.MaxValue;

    internal const int NoPlace = -1;

    internal TimerNode? Next;
    internal TimerNode? Previous;
    internal int Place = NoPlace;

    /// <summary>
    /// The next instant at which something happens without an event; <see cref="NeverTicks"/> for none. It may be changed while the node is in
    /// a wheel, provided that <see cref="TimingWheel.Schedule"/> or <see cref="TimingWheel.Cancel"/> is called before the wheel is asked again.
    /// </summary>
    public long DueTicks { get; set; } = NeverTicks;

    /// <summary>Whether the node is in a wheel.</summary>
    public bool IsScheduled => Place != NoPlace;
}
