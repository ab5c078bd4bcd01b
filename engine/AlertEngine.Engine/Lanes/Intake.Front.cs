using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <content>Time: the front, what it releases, and which input is read next.</content>
internal sealed partial class Intake
{
    /// <summary>The clock goes on; inputs that have been silent for long no longer hold the front back, and where all are, the front follows the clock.</summary>
    public void Advance(long nowTicks)
    {
        if (_options.IsReplay)
            return;
        NowTicks = Math.Max(NowTicks, nowTicks);
        foreach (InputProgress input in _inputs)
        {
            input.Senders.Begin(NowTicks);
            if (!input.IsAtEnd || input.Waiting.Count > 0)
                input.LastBusyTicks = NowTicks;
        }

        RaiseFront();
    }

    /// <summary>Takes up what a fetch brought.</summary>
    public void Accept(InputFetch fetch, long nowTicks)
    {
        foreach (InputRecord record in fetch.Records)
        {
            InputProgress input = _inputs[record.Input];
            input.Waiting.Enqueue(record);
            input.IsAtEnd = false;
            input.LastBusyTicks = Math.Max(input.LastBusyTicks, nowTicks);
        }

        for (int i = 0; i < fetch.AtEnd.Length; i++)
        {
            InputProgress input = _inputs[fetch.AtEnd[i]];
            input.IsAtEnd = true;
            input.EndOffset = fetch.Ends.IsDefault ? IInputPort.Earliest : fetch.Ends[i];
        }

        Advance(nowTicks);
    }

    /// <summary>
    /// The input to take from next: of those that are not drained the one whose event time is furthest behind. In a replay it is waited for, so
    /// that the order is the same each time; live, only what is there counts. Null where there is none.
    /// </summary>
    public InputProgress? Next()
    {
        InputProgress? next = null;
        foreach (InputProgress input in _inputs)
        {
            if (input.IsDrained || (!_options.IsReplay && input.Waiting.Count == 0))
                continue;
            if (next is null || input.MaxTimeTicks < next.MaxTimeTicks)
                next = input;
        }

        return next;
    }

    /// <summary>The event time at which some input holds the front back: of those that count the one furthest behind; null where none counts.</summary>
    public long? HeldBackAtTicks
    {
        get
        {
            long? lowest = null;
            foreach (InputProgress input in _inputs)
            {
                if (FrontOf(input) is { } reachedTicks)
                    lowest = Math.Min(lowest ?? long.MaxValue, reachedTicks);
            }

            return lowest;
        }
    }

    /// <summary>Marks a finite input as drained; what it held back goes on.</summary>
    public void Drain(InputProgress input)
    {
        input.IsDrained = true;
        RaiseFront();
    }

    /// <summary>At the end of all inputs: everything that waits goes, and timers fire up to the last event's or command's time and the longest lateness.</summary>
    public void Flush()
    {
        long last = _inputs.Where(input => input.MakesFront).Select(input => input.LastTicks).DefaultIfEmpty(long.MinValue).Max();
        if (last != long.MinValue)
            RaiseTo(last + _rules.HighestLatenessTicks + 1);
    }

    /// <summary>Fixes the <c>now</c> of the batch that is being closed; in a replay that is the event clock, so that it is the same each time.</summary>
    public long CloseNow()
    {
        if (_options.IsReplay)
            NowTicks = Math.Max(NowTicks, FrontTicks);
        return NowTicks;
    }

    /// <summary>Whether an input has been silent for long and its end is not journaled: nothing else might bring a batch until retention has taken what is before it.</summary>
    public bool HasQuietEnd => _inputs.Any(input => input.IsBehindItsEnd && input.IsIdle(NowTicks, _options.Idle.BclCompatibleTicks));

    /// <summary>Inputs that are at their end are read up to there, with the batch that is being closed.</summary>
    public void PassEnds()
    {
        foreach (InputProgress input in _inputs)
        {
            if (input.IsBehindItsEnd)
                input.ReadOffset = input.EndOffset;
        }
    }

    /// <summary>How far each input has come.</summary>
    public ImmutableArray<InputMark> Marks() => [.. _inputs.Select(input => new InputMark(input.ReadOffset, input.MaxTimeTicks))];

    /// <summary>The lanes that wrote to the inputs.</summary>
    public ImmutableArray<SenderMark> Senders() =>
        [.. _inputs.SelectMany((input, number) => input.Senders.All.Select(sender => new SenderMark(number, sender.Lane, sender.WatermarkTicks)))];

    private TimeBounds Bounds()
    {
        if (!_options.IsReplay)
            return new TimeBounds(NowTicks + _options.MaxSkew.BclCompatibleTicks, NowTicks);
        return HighestTicks == long.MinValue ? TimeBounds.None : new TimeBounds(HighestTicks + _options.MaxGap.BclCompatibleTicks, HighestTicks);
    }

    /// <summary>A lane whose clock is ahead of ours gives no command twice: to refuse what it says for its time would lose it.</summary>
    private TimeBounds CommandBounds(in InputRecord record) =>
        SenderMarks.Read(record.Headers) is null ? Bounds() : Bounds() with { LatestTicks = long.MaxValue };

    private void Place(in ScreenedEvent screened)
    {
        HighestTicks = Math.Max(HighestTicks, screened.TimeTicks);
        InputProgress input = _inputs[screened.At.Input];
        if (input.Show(screened.TimeTicks, screened.Sender, NowTicks))
            RaiseFront();
        if (screened.Forwarded is { } forwarded)
        {
            Send(forwarded);
            return;
        }

        if (screened.Told is { } told)
            Draft.Outputs.Add(told);
        Accept(screened.District);
        if (screened.Event is not null)
            Step(screened, screened.Event);
    }

    private void Step(in ScreenedEvent screened, EventRecord @event)
    {
        uint waiting = 0;
        for (uint classes = screened.Bucket.Classes; classes != 0; classes &= classes - 1)
        {
            int number = System.Numerics.BitOperations.TrailingZeroCount(classes);
            long lateness = _rules.LatenessTicks[number];
            // The event itself never raises the front above its own time, so the front after it judges lateness as the one before it did.
            if (_buffer.Place(new WaitingEvent(screened.At, @event, screened.Bucket, number), lateness, FrontTicks) is { } punctuality)
                Draft.Add(HomeOf(screened.District), new BatchStep(FrontTicks, @event, screened.Bucket, number, punctuality));
            else
                waiting |= 1u << number;
        }

        if (waiting != 0)
            Draft.Buffered.Add(new BufferedEvent(screened.At, screened.TimeTicks, waiting));
    }

    private void RaiseFront()
    {
        // What waited when the lane was taken over has to be back first: the front would pass it by, and its district's time go back when it comes.
        if (!Refill.IsComplete)
            return;
        if (HeldBackAtTicks is { } lowest)
            RaiseTo(lowest);
        else if (!_options.IsReplay)
            RaiseTo(NowTicks - _options.Idle.BclCompatibleTicks);
    }

    /// <summary>How far an input that counts has come; null where it does not hold the front.</summary>
    public long? FrontOf(InputProgress input) => input.FrontTicks(NowTicks, _options.IsReplay ? null : _options.Idle.BclCompatibleTicks);

    private void RaiseTo(long frontTicks)
    {
        if (frontTicks <= FrontTicks)
            return;
        FrontTicks = frontTicks;
        while (_buffer.TryRelease(frontTicks, out WaitingEvent released, out long releaseTicks))
            Draft.Add(HomeOf(released.Event.District), new BatchStep(releaseTicks, released.Event, released.Bucket, released.ClassNumber));
    }
}
