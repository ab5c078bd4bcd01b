using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Sequence;

/// <summary>
/// <c>sequence</c>: fires when its steps have happened in order for one key. One event moves every pending run of its key by at most one
/// step; only then may it start a run of its own.
/// </summary>
public sealed partial class SequenceDetector : Detector
{
    private readonly SequenceOptions _options;
    private readonly ImmutableArray<SequenceStage> _stages;
    private readonly ImmutableArray<(SequenceStep Step, SequenceAsof Asof)> _asofs;

    /// <summary>The detector that the block describes.</summary>
    /// <exception cref="ArgumentException">It has more sources than <see cref="SequenceOptions.SourceLimit"/>, or no first step.</exception>
    public SequenceDetector(SequenceOptions options)
    {
        if (options.Steps.IsEmpty || options.Steps[0].IsNot)
            throw new ArgumentException("a sequence begins with a step that happens", nameof(options));
        _options = options;
        _stages = SequenceStage.Of(options.Steps);
        _asofs = [.. options.Steps.SelectMany(step => step.Asofs, (step, asof) => (step, asof))];
        if (SourceCount > SequenceOptions.SourceLimit || options.Steps.Length > FrameRecords.StepLimit)
            throw new ArgumentException("a sequence has more sources than there are bits", nameof(options));
    }

    /// <inheritdoc />
    public override string Kind => "sequence";

    /// <inheritdoc />
    public override CelRecordType? Names => null;

    /// <inheritdoc />
    public override int SourceCount => _options.FirstAsofSource + _asofs.Length;

    /// <inheritdoc />
    public override bool IsSingleShot => _options.Quiet is null;

    /// <inheritdoc />
    public override long ReachTicks(CelFrame frame) => _options.Within.TryRead(frame, out long ticks) ? ticks : 0;

    /// <inheritdoc />
    public override KeyState NewState() => new SequenceState();

    /// <inheritdoc />
    public override EventInterest InterestIn(uint sources, CelFrame frame, IDetectionSink sink)
    {
        if (sources >> _options.FirstAsofSource != 0)
            return EventInterest.Begins;
        if ((sources & 1) == 0)
            return EventInterest.IfKnown;
        Place([], frame);
        return Holds(_options.Steps[0].When, frame, sink) ? EventInterest.Begins : EventInterest.IfKnown;
    }

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var sequence = (SequenceState)state;
        MoveRuns(sequence, sources, @event, frame, sink);
        MayStart(sequence, sources, @event, frame, sink);
        // After the steps: a step looks at what was, not at itself.
        KeepAsofs(sequence, sources, @event.TimeTicks, frame, sink);
        sequence.SetDue();
    }

    /// <inheritdoc />
    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var sequence = (SequenceState)state;
        int kept = 0;
        for (int i = 0; i < sequence.Runs.Count; i++)
        {
            SequenceRun run = sequence.Runs[i];
            if (run.DueTicks > dueTicks)
                sequence.Runs[kept++] = run;
            else if (run.IsWaiting)
                Complete(sequence, run, dueTicks, null, frame, sink);
        }

        sequence.Runs.RemoveRange(kept, sequence.Runs.Count - kept);
        sequence.DropAsofsDue(dueTicks);
        if (sequence.QuietTicks <= dueTicks)
            Clear(sequence, dueTicks, frame, sink);
        sequence.SetDue();
    }

    private void KeepAsofs(SequenceState state, uint sources, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        for (int i = 0; i < _asofs.Length; i++)
        {
            if (!Has(sources, _options.FirstAsofSource + i))
                continue;
            CelValue value = _asofs[i].Asof.Value(frame);
            if (!StateValues.IsKept(value) || !_asofs[i].Asof.MaxAge.TryRead(frame, out long maxAgeTicks))
            {
                sink.CountError();
                continue;
            }

            state.Asofs ??= new AsofValue[_asofs.Length];
            if (!state.Asofs[i].Value.IsPresent || atTicks >= state.Asofs[i].AtTicks)
                state.Asofs[i] = new AsofValue(atTicks, atTicks + maxAgeTicks, value);
        }
    }

    private CelValue[] RecordOf(SequenceStep step, SequenceState state, EventRecord @event)
    {
        var record = new CelValue[step.RecordSlots];
        if (step.KeptSlots.IsDefault)
        {
            @event.Slots.AsSpan(0, Math.Min(@event.Slots.Length, record.Length)).CopyTo(record);
        }
        else
        {
            foreach (int slot in step.KeptSlots)
                record[slot] = slot < @event.Slots.Length ? @event.Slots[slot] : default;
        }

        for (int i = 0; i < _asofs.Length && state.Asofs is not null; i++)
        {
            if (ReferenceEquals(_asofs[i].Step, step) && state.Asofs[i].ExpiresTicks >= @event.TimeTicks)
                record[_asofs[i].Asof.Slot] = state.Asofs[i].Value;
        }

        return record;
    }

    private static bool Has(uint sources, int source) => (sources >> source & 1) != 0;

    private static bool Holds(CelCondition? condition, CelFrame frame, IDetectionSink sink)
    {
        if (condition is null || condition.IsTrue(frame))
            return true;
        if (!condition.IsFalse(frame))
            sink.CountError();
        return false;
    }

    // Steps that have not happened are absent records.
    private void Place(CelValue[][] records, CelFrame frame)
    {
        for (int i = 0; i < _options.Steps.Length; i++)
            frame.Records[FrameRecords.FirstStep + i] = i < records.Length ? records[i] : [];
    }
}
