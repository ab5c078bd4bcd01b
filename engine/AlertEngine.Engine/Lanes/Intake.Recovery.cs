using System.Collections.Immutable;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <content>What recovery puts back, and what a snapshot keeps.</content>
internal sealed partial class Intake
{
    /// <summary>Where each input has to be read from: its read offset, or the lowest offset that waits in a buffer.</summary>
    public ImmutableArray<long> SeekOffsets() =>
        [.. _inputs.Select((input, number) => Math.Min(input.ReadOffset, Refill.LowestOffset(number)))];

    /// <summary>Applies a persisted batch: window, offsets, times, what went into buffers and what has left them.</summary>
    public void Apply(BatchEvent batch)
    {
        foreach (AdmittedKey admitted in batch.Admitted)
            _window.Remember(admitted.Key, admitted.PayloadHash, admitted.At);
        Restore(batch.Inputs, batch.FrontTicks, batch.HighestTicks, batch.NowTicks);
        Restore(batch.Senders);
        Refill.Add(batch.Buffered, batch.LatenessTicks, batch.FrontTicks);
    }

    /// <summary>Inputs that were created anew are read from their beginning; what waited of the old ones is gone with them.</summary>
    public void Restart(IEnumerable<int> recreated)
    {
        foreach (int number in recreated)
        {
            _inputs[number].ReadOffset = IInputPort.Earliest;
            Refill.Forget(number);
            _window.Recreated(number);
        }
    }

    /// <summary>Encodes the lane's own part of a snapshot, as it is after the batch that was just closed.</summary>
    public void Encode(StateWriter writer)
    {
        writer.Signed(NowTicks);
        writer.Signed(FrontTicks);
        writer.Signed(HighestTicks);
        BatchCodec.WriteMarks(writer, Marks());
        BatchCodec.WriteSenders(writer, Senders());
        BatchCodec.WriteNumbers(writer, _rules.LatenessTicks);
        BatchCodec.WriteBuffered(writer, [.. _buffer.Entries()]);
        _window.Encode(writer);
    }

    /// <summary>Restores what <see cref="Encode"/> wrote.</summary>
    public void Restore(StateReader reader)
    {
        long nowTicks = reader.Signed();
        long frontTicks = reader.Signed();
        long highestTicks = reader.Signed();
        Restore(BatchCodec.ReadMarks(reader), frontTicks, highestTicks, nowTicks);
        Restore(BatchCodec.ReadSenders(reader));
        ImmutableArray<long> latenessTicks = BatchCodec.ReadNumbers(reader);
        Refill.Add(BatchCodec.ReadBuffered(reader), latenessTicks, frontTicks);
        _window.Restore(reader);
    }

    private void Restore(ImmutableArray<InputMark> marks, long frontTicks, long highestTicks, long nowTicks)
    {
        if (marks.Length != _inputs.Length)
            throw new InvalidDataException($"the journal knows {marks.Length} inputs, the lane has {_inputs.Length}");
        for (int i = 0; i < marks.Length; i++)
        {
            _inputs[i].ReadOffset = marks[i].ReadOffset;
            _inputs[i].MaxTimeTicks = marks[i].MaxTimeTicks;
        }

        FrontTicks = frontTicks;
        HighestTicks = highestTicks;
        NowTicks = Math.Max(NowTicks, nowTicks);
    }

    private void Restore(IReadOnlyList<SenderMark> senders)
    {
        foreach (SenderMark sender in senders)
            _inputs[sender.Input].Senders.Note(sender.Lane, sender.WatermarkTicks, NowTicks);
    }

    /// <summary>Fills the buffers again with a record that was read before the restart. What is no longer an event is a dead letter: the rules have changed.</summary>
    private void TakeAgain(in InputRecord record)
    {
        Coordinate at = new(record.Input, record.Offset);
        if (Refill.Take(at) is not { } latenesses)
            return;
        if (_decoder.Decode(record, TimeBounds.None) is { } rejection)
        {
            Reject(record, rejection);
            return;
        }

        EventRecord @event = _decoder.Event.Keep();
        RuleBucket bucket = _rules.Find(@event.Type, @event.District);
        foreach (long lateness in latenesses)
        {
            int number = _rules.LatenessTicks.IndexOf(lateness);
            if (number >= 0 && (bucket.Classes & (1u << number)) != 0)
                _buffer.Add(new WaitingEvent(at, @event, bucket, number), lateness);
        }
    }
}
