using System.Collections.Immutable;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>One step of a district's batch: perhaps an event of one lateness class, and how far the stream has come.</summary>
/// <param name="FrontTicks">The event time that all non-idle inputs of the lane have reached when the step is taken. The watermark of a
/// lateness class is the front minus its lateness. Never falls within a district.</param>
/// <param name="Event">The event; null where only time goes on.</param>
/// <param name="Bucket">The rules that may care; null without an event.</param>
/// <param name="ClassNumber">The lateness class in which the event is evaluated now.</param>
/// <param name="Punctuality">How the event stood to the watermark of this class when it came. Behind it nothing is waited for any more.</param>
/// <param name="Change">A change of the context, taken before anything else of the step; null: none.</param>
/// <param name="Command">A command, taken in after the change. On the event clock it takes effect at its own instant, after what came before
/// and before the events of that instant; on the wall clock at once. Null: none.</param>
public readonly record struct BatchStep(
    long FrontTicks, EventRecord? Event, RuleBucket? Bucket, int ClassNumber, Punctuality Punctuality = Punctuality.InTime, ContextChange? Change = null, DistrictCommand? Command = null);

/// <summary>What a lane asks a district to evaluate: one message per batch and district.</summary>
/// <param name="District">The district's code.</param>
/// <param name="Sequence">The lane's batch number, for the answer.</param>
/// <param name="NowTicks">The batch's <c>now</c>: what the wall clock showed, never less than before. People's time in <c>run</c>.</param>
/// <param name="Steps">Events in the order in which they are to be evaluated; the last step tells how far time has come.</param>
public sealed record DistrictBatch(string District, long Sequence, long NowTicks, ImmutableArray<BatchStep> Steps);

/// <summary>What a district made of a batch.</summary>
/// <param name="District">The district's code.</param>
/// <param name="Sequence">The batch's number.</param>
/// <param name="Delta">What changed of its state, for the journal. Empty where nothing changed.</param>
/// <param name="Outputs">What goes out, in order.</param>
/// <param name="NextDueFrontTicks">The lowest front beyond which a timer is due; <see cref="long.MaxValue"/> where none is pending.</param>
/// <param name="NextDueNowTicks">The earliest instant of people's time at which something is due; likewise.</param>
/// <param name="Tally">What is counted.</param>
public sealed record DistrictResult(
    string District,
    long Sequence,
    ReadOnlyMemory<byte> Delta,
    ImmutableArray<Output> Outputs,
    long NextDueFrontTicks,
    long NextDueNowTicks,
    EvaluationTally Tally);

/// <summary>Counters of one district's batch.</summary>
public readonly record struct EvaluationTally(long Evaluated, long Hits, long Late, long Opened, long Cleared, long Suppressed, long RuleErrors, long Overflows)
{
    /// <summary>Both together.</summary>
    public static EvaluationTally operator +(EvaluationTally a, EvaluationTally b) =>
        new(a.Evaluated + b.Evaluated, a.Hits + b.Hits, a.Late + b.Late, a.Opened + b.Opened, a.Cleared + b.Cleared,
            a.Suppressed + b.Suppressed, a.RuleErrors + b.RuleErrors, a.Overflows + b.Overflows);
}
