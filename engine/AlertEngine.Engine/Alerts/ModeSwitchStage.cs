using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>
/// Stands before the alerts and notes which of them begin and cease to hold a mode of the district. What it notes depends on the detection alone,
/// not on what has been evaluated besides, so that the instant of a switch is the same however the stream was cut. Silences and inhibitions keep
/// people from being told, not the mode from being what the warning says; drills and shadow rules switch nothing. Owned by one district; not
/// thread-safe.
/// </summary>
internal sealed class ModeSwitchStage(EvaluationScope scope, ContextTimeline timeline, IDetectionTarget next) : IDetectionTarget
{
    private readonly Queue<ContextChange> _changes = new();

    /// <inheritdoc />
    public void Take(in Detected detected)
    {
        if (scope.Rule.ModeSwitch is { } plan && scope.Status == EventStatus.Actual && scope.Variant.Stage == RuleStage.Live)
            _changes.Enqueue(ChangeOf(plan, detected));
        next.Take(detected);
    }

    /// <inheritdoc />
    public void NoteEvaluation() => next.NoteEvaluation();

    /// <inheritdoc />
    public ImmutableArray<string> FiringInstances() => next.FiringInstances();

    /// <summary>The next change that the last steps called for; null: none any more.</summary>
    public ContextChange? TakeChange()
    {
        while (_changes.TryDequeue(out ContextChange? change))
        {
            if (timeline.HeldBy(change.Holds[0].Holder) != change.Holds[0].Mode)
                return change;
        }

        return null;
    }

    private ContextChange ChangeOf(ModeSwitchPlan plan, in Detected detected)
    {
        string? mode = detected.Kind != DetectedKind.Cleared && AlertDrafting.OwnSeverityOf(scope) >= plan.SeverityFrom ? plan.Mode : null;
        string holder = detected.Instance.Length == 0 ? $"{scope.Rule.Id}|{scope.Key}" : $"{scope.Rule.Id}|{scope.Key}|{detected.Instance}";
        return new ContextChange(detected.AtTicks + (long)plan.Delay.TotalTicks, null, null, null, null) { Holds = [new ModeHold(holder, mode)] };
    }
}
