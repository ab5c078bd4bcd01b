using Akka.Event;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// What a lane says in the log, each sentence under the stage it belongs to. It reads results and never adds to them: stages do not know that
/// somebody is listening. Per batch and not per event, so that a loud log cannot slow a flood down.
/// </summary>
internal sealed class LaneLog
{
    private readonly ILoggingAdapter _lane;
    private readonly ILoggingAdapter _ingest;
    private readonly ILoggingAdapter _deduplicate;
    private readonly ILoggingAdapter _publish;

    internal LaneLog(ILoggingAdapter log, int lane)
    {
        _lane = log.WithContext("lane", lane);
        _ingest = At(StageNames.Ingest);
        _deduplicate = At(StageNames.Deduplicate);
        _publish = At(StageNames.Publish);
    }

    internal void Halts(string reason) => _lane.Error("the lane halts: {Reason}", reason);

    internal void Stops(string reason) => _lane.Info("the lane stops: {Reason}", reason);

    internal void Notices(string text) => _publish.Warning("{Notice}", text);

    /// <summary>A batch is durable.</summary>
    internal void Persisted(LaneTally batch)
    {
        if (_ingest.IsDebugEnabled && batch.Events > 0)
            _ingest.Debug("{Events} records read, {Accepted} accepted", batch.Events, batch.Accepted);
        foreach ((string reason, long count) in batch.DeadLetters)
            _ingest.Info("{Count} dead letters: {Code}", count, reason);
        if (_deduplicate.IsDebugEnabled && batch.Duplicates > 0)
            _deduplicate.Debug("{Duplicates} duplicates dropped", batch.Duplicates);
    }

    /// <summary>What a district made of its part of a batch.</summary>
    internal void Evaluated(DistrictResult result)
    {
        EvaluationTally tally = result.Tally;
        if (tally.RuleErrors + tally.Overflows > 0)
            At(result.District, StageNames.Evaluate).Warning("{RuleErrors} errors of rules, {Overflows} overflows of their state", tally.RuleErrors, tally.Overflows);
        if (!_lane.IsDebugEnabled)
            return;
        At(result.District, StageNames.Evaluate).Debug("{Evaluated} evaluated, {Hits} hits, {Late} late", tally.Evaluated, tally.Hits, tally.Late);
        if (tally.Opened + tally.Cleared + tally.Suppressed > 0)
            At(result.District, StageNames.Alerts).Debug("{Opened} alerts opened, {Cleared} cleared, {Suppressed} held back", tally.Opened, tally.Cleared, tally.Suppressed);
        foreach (Output output in result.Outputs.Where(output => output.DispatchedTo is not null))
            At(result.District, StageNames.WorkOrders).Debug("order {OrderId} dispatched to {Unit}", output.Key, output.DispatchedTo);
    }

    /// <summary>A publication ended, well or not.</summary>
    internal void Published(int outputs, PublishOutcome outcome)
    {
        if (outcome.Status != PublishStatus.Committed)
            _publish.Warning("a publication of {Outputs} outputs ended {Status}: {Detail}", outputs, outcome.Status, outcome.Detail);
        else if (_publish.IsDebugEnabled)
            _publish.Debug("{Outputs} outputs published", outputs);
    }

    private ILoggingAdapter At(string stage) => _lane.WithContext("stage", stage);

    private ILoggingAdapter At(string district, string stage) => At(stage).WithContext("district", district);
}
