using System.Collections.Immutable;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// Up to where each lateness class of a district has been evaluated: its last event in the order (time, source, id), or its last timer. What comes
/// behind the watermark and lies after its mark is still in order. Classes that wait for nothing have none: their order is that of arrival.
/// Owned by one district; not thread-safe.
/// </summary>
internal sealed class EvaluatedMarks(ImmutableArray<Duration> classes)
{
    // As many as a rule set may have.
    private const int ClassLimit = 32;

    private readonly ImmutableArray<long> _latenessTicks = [.. classes.Select(lateness => (long)lateness.TotalTicks)];
    private readonly Mark[] _marks = NewMarks(classes.Length);

    /// <summary>Whether a mark moved since the last <see cref="MarkSaved"/>.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Notes an evaluated event; one that was late moves nothing.</summary>
    public void Note(int classNumber, EventRecord @event)
    {
        ref Mark mark = ref _marks[classNumber];
        if (_latenessTicks[classNumber] == 0 || @event.TimeTicks < mark.Ticks || mark.IsPast(@event))
            return;
        mark = new Mark(@event.TimeTicks, @event, null, null);
        IsChanged = true;
    }

    /// <summary>Notes a timer: at one instant it comes after all events.</summary>
    public void Note(int classNumber, long dueTicks)
    {
        if (_latenessTicks[classNumber] == 0 || dueTicks < _marks[classNumber].Ticks)
            return;
        _marks[classNumber] = new Mark(dueTicks, null, null, null);
        IsChanged = true;
    }

    /// <summary>Whether the class has evaluated something after an event.</summary>
    public bool HasPassed(int classNumber, EventRecord @event) => _marks[classNumber].IsPast(@event);

    /// <summary>Writes the marks, or that they are left as they were.</summary>
    public void Write(StateWriter writer, bool isWritten)
    {
        writer.Bool(isWritten);
        if (!isWritten)
            return;
        writer.Count(_marks.Length);
        for (int one = 0; one < _marks.Length; one++)
        {
            Mark mark = _marks[one];
            writer.Signed(_latenessTicks[one]);
            writer.Signed(mark.Ticks);
            writer.Text(mark.Event?.Source ?? mark.Source);
            writer.Text(mark.Event?.Id ?? mark.Id);
        }
    }

    /// <summary>Reads what was written. Classes go by their lateness: under other rules some may be gone and others new, without a mark.</summary>
    public void Read(StateReader reader)
    {
        if (!reader.Bool())
            return;
        for (int left = reader.Bounded(ClassLimit); left > 0; left--)
        {
            int one = _latenessTicks.IndexOf(reader.Signed());
            var mark = new Mark(reader.Signed(), null, reader.Text(), reader.Text());
            if (one >= 0)
                _marks[one] = mark;
        }
    }

    /// <summary>What was written is no change any more.</summary>
    public void MarkSaved() => IsChanged = false;

    /// <summary>Forgets them.</summary>
    public void Clear() => NewMarks(_marks.Length).CopyTo(_marks, 0);

    private static Mark[] NewMarks(int count)
    {
        var marks = new Mark[count];
        Array.Fill(marks, new Mark(long.MinValue, null, null, null));
        return marks;
    }

    /// <summary>A place in the order. The event stands for its source and id, so that these become texts only when they are asked for; without both it is a timer's.</summary>
    private readonly record struct Mark(long Ticks, EventRecord? Event, string? Source, string? Id)
    {
        public bool IsPast(EventRecord @event)
        {
            if (Ticks != @event.TimeTicks)
                return Ticks > @event.TimeTicks;
            if ((Event?.Source ?? Source) is not { } source)
                return true;
            int order = string.CompareOrdinal(source, @event.Source);
            return order > 0 || (order == 0 && string.CompareOrdinal(Event?.Id ?? Id, @event.Id) > 0);
        }
    }
}
