using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>How far one input has come, and what of it waits to be decoded.</summary>
internal sealed class InputProgress(InputDescription description, bool isReplay, int sendingLanes = 0)
{
    /// <summary>The input.</summary>
    public InputDescription Description { get; } = description;

    /// <summary>Fetched, not yet decoded.</summary>
    public Queue<InputRecord> Waiting { get; } = new();

    /// <summary>The first offset not yet taken into a batch; <see cref="IInputPort.Earliest"/> on a new lane.</summary>
    public long ReadOffset { get; set; } = IInputPort.Earliest;

    /// <summary>The highest event time it has shown.</summary>
    public long MaxTimeTicks { get; set; } = long.MinValue;

    /// <summary>Whether the reader stood at its end when it was last asked.</summary>
    public bool IsAtEnd { get; set; }

    /// <summary>Where it stood then; <see cref="IInputPort.Earliest"/> where it did not say.</summary>
    public long EndOffset { get; set; } = IInputPort.Earliest;

    /// <summary>
    /// Whether it has come further than the record that was read last: behind the ends of transactions. To go on from that record would be an offset
    /// that is gone, once retention has taken what is before the end.
    /// </summary>
    public bool IsBehindItsEnd => IsAtEnd && Waiting.Count == 0 && ReadOffset >= 0 && ReadOffset < EndOffset;

    /// <summary>Whether a finite input was drained: it holds the front back no longer.</summary>
    public bool IsDrained { get; set; }

    /// <summary>When it last brought something, or was behind or paused.</summary>
    public long LastBusyTicks { get; set; }

    /// <summary>Whether people speak through it: commands and feedback.</summary>
    public bool IsPeoples { get; } = description.Kind is InputKind.Commands or InputKind.Feedback;

    /// <summary>Whether its times make the front. Those of commands and feedback do where people's time is the event clock.</summary>
    public bool MakesFront => isReplay || !IsPeoples;

    /// <summary>The lanes that write to it, where lanes do.</summary>
    public SenderMarks Senders { get; } = new(sendingLanes);

    /// <summary>The last event time that it has brought, or that its senders have come to; <see cref="long.MinValue"/> before.</summary>
    public long LastTicks => Math.Max(MaxTimeTicks, Senders.LastTicks);

    /// <summary>
    /// How far it has come; null where it does not hold the front back. What lanes wrote has come as far as the least of its senders; what reached it
    /// without one (the stateless re-keyer has no time of its own) counts by its event times.
    /// </summary>
    /// <param name="nowTicks">Now.</param>
    /// <param name="idleTicks">After so long without a record it is left out; null: never.</param>
    public long? FrontTicks(long nowTicks, long? idleTicks)
    {
        if (!MakesFront || IsDrained)
            return null;
        bool isIdle = idleTicks is { } limitTicks && IsIdle(nowTicks, limitTicks);
        if (Description.Kind != InputKind.Lanes)
            return isIdle ? null : MaxTimeTicks;
        bool isSettled = IsAtEnd && Waiting.Count == 0;
        long? least = Senders.Least(isSettled, nowTicks, idleTicks ?? long.MaxValue);
        if (MaxTimeTicks != long.MinValue && !isIdle)
            least = Math.Min(MaxTimeTicks, least ?? long.MaxValue);
        // While there is something to read nobody knows who sent it.
        return least ?? (isSettled ? null : long.MinValue);
    }

    /// <summary>An event was read from it; true where that may move the front.</summary>
    public bool Show(long timeTicks, (int Lane, long WatermarkTicks)? sender, long nowTicks)
    {
        if (sender is { } lane)
            Senders.Note(lane.Lane, lane.WatermarkTicks, nowTicks);
        else if (timeTicks > MaxTimeTicks)
            MaxTimeTicks = timeTicks;
        else
            return false;
        return true;
    }

    /// <summary>Whether it was at its end for so long that it no longer holds the front back.</summary>
    public bool IsIdle(long nowTicks, long idleTicks) => IsAtEnd && Waiting.Count == 0 && nowTicks - LastBusyTicks > idleTicks;
}
