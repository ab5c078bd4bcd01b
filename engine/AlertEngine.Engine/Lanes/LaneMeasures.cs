using System.Collections.Immutable;
using System.Diagnostics;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using AlertEngine.Engine.WorkOrders;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Counts and times what one lane's actor sees pass by. What a batch counted is counted once, when it is durable: a lane that recovers counts
/// nothing again. Not thread-safe.
/// </summary>
internal sealed class LaneMeasures(int lane)
{
    private readonly KeyValuePair<string, object?> _lane = new("lane", lane);
    private readonly Dictionary<long, long> _closedAt = [];
    private long _writtenAt;

    /// <summary>A batch was closed and is handed to its districts.</summary>
    internal void Closed(long sequence) => _closedAt[sequence] = Stopwatch.GetTimestamp();

    /// <summary>A write of the journal begins; one is in flight at a time.</summary>
    internal void Writing() => _writtenAt = Stopwatch.GetTimestamp();

    /// <summary>The write ended.</summary>
    internal void Written() => LaneMetrics.JournalDuration.Record(Stopwatch.GetElapsedTime(_writtenAt).TotalSeconds, _lane);

    /// <summary>A batch is durable.</summary>
    internal void Persisted(LaneProgress progress)
    {
        LaneTally batch = progress.Batch;
        LaneMetrics.BatchRecords.Record(batch.Events, _lane);
        if (_closedAt.Remove(progress.Sequence, out long closedAt))
            LaneMetrics.BatchDuration.Record(Stopwatch.GetElapsedTime(closedAt).TotalSeconds, _lane);
        IngestMetrics.Events.Add(batch.Events, _lane);
        IngestMetrics.Commands.Add(batch.Commands, _lane);
        IngestMetrics.Rekeyed.Add(batch.Rekeyed, _lane);
        IngestMetrics.Accepted.Add(batch.Accepted, _lane);
        foreach ((string reason, long count) in batch.DeadLetters)
            IngestMetrics.DeadLetters.Add(count, _lane, new("reason", reason));
        DeduplicateMetrics.Duplicates.Add(batch.Duplicates, _lane);
        DeduplicateMetrics.Degraded.Add(batch.DedupDegraded, _lane);
        Count(batch.Evaluation);
        OutputMetrics.Trimmed.Add(batch.Trimmed, _lane);
        OutputMetrics.Undeliverable.Add(batch.Undeliverable, _lane);
        foreach ((string unit, long count) in batch.Orders)
            WorkOrderMetrics.Dispatched.Add(count, _lane, new("unit", unit));
    }

    /// <summary>Outputs became visible at an instant of the wall clock.</summary>
    internal void Published(ImmutableArray<NumberedOutput> outputs, long nowTicks)
    {
        foreach (NumberedOutput output in outputs)
        {
            if (output.Output.OpenedAtTicks is { } openedAt)
                WorkOrderMetrics.EventToOrder.Record(TimeSpan.FromTicks(nowTicks - openedAt).TotalSeconds, _lane);
        }
    }

    private void Count(in EvaluationTally tally)
    {
        EvaluateMetrics.Evaluated.Add(tally.Evaluated, _lane);
        EvaluateMetrics.Hits.Add(tally.Hits, _lane);
        EvaluateMetrics.Late.Add(tally.Late, _lane);
        EvaluateMetrics.RuleErrors.Add(tally.RuleErrors, _lane);
        EvaluateMetrics.Overflows.Add(tally.Overflows, _lane);
        AlertMetrics.Opened.Add(tally.Opened, _lane);
        AlertMetrics.Cleared.Add(tally.Cleared, _lane);
        AlertMetrics.Suppressed.Add(tally.Suppressed, _lane);
    }
}
