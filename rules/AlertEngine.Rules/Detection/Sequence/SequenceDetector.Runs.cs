using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Sequence;

/// <content>The life of a run.</content>
public sealed partial class SequenceDetector
{
    private void MoveRuns(SequenceState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        int kept = 0;
        for (int i = 0; i < state.Runs.Count; i++)
        {
            SequenceRun run = state.Runs[i];
            if (Survives(state, run, sources, @event, frame, sink))
                state.Runs[kept++] = run;
        }

        state.Runs.RemoveRange(kept, state.Runs.Count - kept);
    }

    private bool Survives(SequenceState state, SequenceRun run, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        long atTicks = @event.TimeTicks;
        // A late event that is older than the run's last step comes too late for it.
        if (atTicks < run.LastTicks)
            return true;
        Place(run.Records, frame);
        if (_options.Until is { } until && Has(sources, _options.UntilSource) && Holds(until.When, frame, sink))
            return false;
        if (!run.IsWaiting && atTicks > run.ExpiresTicks)
            return false;
        SequenceStage stage = _stages[run.Stage];
        // The neighbour first: what completes a run is not between its steps, even where it is also forbidden there.
        if (stage.Next != SequenceStage.NoNext && Happens(stage.Next, sources, frame, sink))
            return !TakeStep(state, run, stage.Next, @event, frame, sink);
        return !IsForbidden(run, stage, sources, atTicks, frame, sink);
    }

    private bool IsForbidden(SequenceRun run, SequenceStage stage, uint sources, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        foreach (int step in stage.Forbidden)
        {
            bool isOver = run.IsWaiting && _options.Steps[step].For.TryRead(frame, out long forTicks) && atTicks - run.LastTicks > forTicks;
            if (!isOver && Happens(step, sources, frame, sink))
                return true;
        }

        return false;
    }

    private bool Happens(int step, uint sources, CelFrame frame, IDetectionSink sink) =>
        Has(sources, step) && Holds(_options.Steps[step].When, frame, sink);

    private void MayStart(SequenceState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        Place([], frame);
        if (!Has(sources, 0) || (!_options.Overlap && state.Runs.Count > 0))
            return;
        if (_options.Steps[0].When is { } when && !when.IsTrue(frame))
            return;
        if (state.Runs.Count >= SequenceOptions.RunLimit)
        {
            sink.CountOverflow();
            return;
        }

        if (!_options.Within.TryRead(frame, out long withinTicks))
        {
            sink.CountError();
            return;
        }

        SequenceRun run = NewRun(@event, withinTicks);
        if (!Arrive(state, run, 0, @event, frame, sink))
            state.Runs.Add(run);
    }

    private SequenceRun NewRun(EventRecord @event, long withinTicks)
    {
        var records = new CelValue[_options.Steps.Length][];
        Array.Fill(records, []);
        return new SequenceRun
        {
            Records = records,
            StartSource = @event.Source,
            StartId = @event.Id,
            StartTicks = @event.TimeTicks,
            ExpiresTicks = @event.TimeTicks + withinTicks,
        };
    }

    private bool TakeStep(SequenceState state, SequenceRun run, int step, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        run.Stage++;
        return Arrive(state, run, step, @event, frame, sink);
    }

    /// <returns>Whether the run has come to its end.</returns>
    private bool Arrive(SequenceState state, SequenceRun run, int step, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        run.Records[step] = RecordOf(_options.Steps[step], state, @event);
        run.LastTicks = @event.TimeTicks;
        SequenceStage stage = _stages[run.Stage];
        if (stage.IsEnd)
        {
            Complete(state, run, @event.TimeTicks, @event, frame, sink);
            return true;
        }

        if (stage.Next == SequenceStage.NoNext)
            run.CompletesTicks = @event.TimeTicks + LongestWait(stage, frame, sink);
        return false;
    }

    private long LongestWait(SequenceStage stage, CelFrame frame, IDetectionSink sink)
    {
        long longest = 0;
        foreach (int step in stage.Forbidden)
        {
            if (_options.Steps[step].For.TryRead(frame, out long forTicks))
                longest = Math.Max(longest, forTicks);
            else
                sink.CountError();
        }

        return longest;
    }

    private void Complete(SequenceState state, SequenceRun run, long atTicks, EventRecord? @event, CelFrame frame, IDetectionSink sink)
    {
        Place(run.Records, frame);
        string instance = _options.Overlap ? $"{run.StartSource}/{run.StartId}" : "";
        if (_options.Quiet is not { } quiet)
        {
            sink.Take(new Detected(DetectedKind.Shot, atTicks, instance, @event?.Source, @event?.Id));
            return;
        }

        if (!quiet.TryRead(frame, out long quietTicks))
        {
            sink.CountError();
            return;
        }

        DetectedKind kind = state.Completed++ == 0 ? DetectedKind.Opened : DetectedKind.Updated;
        state.LastRecords = run.Records;
        state.QuietTicks = state.QuietTicks == KeyState.NeverTicks ? atTicks + quietTicks : Math.Max(state.QuietTicks, atTicks + quietTicks);
        sink.Take(new Detected(kind, atTicks, "", @event?.Source, @event?.Id, Contributions: state.Completed));
    }

    private void Clear(SequenceState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        Place(state.LastRecords ?? [], frame);
        int completed = state.Completed;
        state.Completed = 0;
        state.QuietTicks = KeyState.NeverTicks;
        state.LastRecords = null;
        sink.Take(new Detected(DetectedKind.Cleared, atTicks, "", null, null, ClearReason.Quiet, completed));
    }
}
