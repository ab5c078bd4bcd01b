using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Engines;

/// <summary>One line of a trace: when, which life of which lane, what it was told or wants.</summary>
internal static class TraceText
{
    public static string Of(long atTicks, SimLane lane, string way, object what) =>
        $"{(atTicks - Schedule.StartTicks) / (double)TimeSpan.TicksPerSecond,9:0.0000} process {lane.Process.Number} lane {lane.Lane} claim {lane.Claim} {way} {Describe(what)}";

    private static string Describe(object what) => what switch
    {
        LaneCommand.Persist persist => $"Persist {string.Join(' ', persist.Rows.Select(RowText))}",
        LaneCommand.Publish publish => $"Publish {publish.Outputs[0].EmitSeq}..{publish.Outputs[^1].EmitSeq}",
        LaneCommand.Fetch fetch => $"fetch {string.Join(',', fetch.Wanted)}",
        LaneCommand.Seek seek => $"Seek {string.Join(',', seek.Offsets)}",
        LaneCommand.SaveSnapshot save => $"SaveSnapshot batch {save.Snapshot.Sequence} row {save.Snapshot.RowNumber}",
        LaneCommand.Evaluate evaluate => $"Evaluate batch {evaluate.Batches[0].Sequence}: {string.Join("; ", evaluate.Batches.Select(batch => $"{batch.District} {string.Join(' ', batch.Steps.Select(StepText))}"))}",
        LaneInput.RowRecovered recovered => $"row {recovered.RowNumber} {RowText(recovered.Row)}",
        LaneInput.SnapshotRecovered recovered => $"snapshot batch {recovered.Snapshot.Sequence} row {recovered.Snapshot.RowNumber}",
        LaneInput.PositionRead read => $"position {read.Position?.EmitSeq}",
        LaneInput.TailRead read => $"tail {string.Join(',', read.Tail.Visible)}",
        LaneInput.RecordsFetched fetched => $"fetched {string.Join(' ', fetched.Fetch.Records.Select(record => $"{record.Input}/{record.Offset}"))} end {string.Join(',', fetched.Fetch.AtEnd)}",
        LaneInput.PublishEnded ended => $"publication {ended.Outcome.Status}",
        LaneInput.DedupAnswered answered => $"Redis: {string.Join(' ', answered.Answers)}",
        LaneCommand.AskDedup ask => $"ask Redis about {string.Join(' ', ask.Questions.Select(question => $"{question.At.Input}/{question.At.Offset}"))}",
        LaneCommand.Halt or LaneCommand.Restart or LaneCommand.StopLane => what.ToString()!,
        _ => what.GetType().Name,
    };

    private static string StepText(BatchStep step) =>
        $"{(step.Event is { } @event ? $"{@event.Id}/{step.ClassNumber}" : step.Command is null ? "time" : "command")}@{Seconds(step.FrontTicks)}";

    private static string Describe(BatchEvent batch) =>
        $"front {Seconds(batch.FrontTicks)} now {Seconds(batch.NowTicks)} read {string.Join(',', batch.Inputs.Select(mark => mark.ReadOffset))} buffered {string.Join(' ', batch.Buffered.Select(entry => $"{entry.At.Input}/{entry.At.Offset}@{Seconds(entry.TimeTicks)}:{entry.Classes}"))}";

    private static string Seconds(long ticks) => ticks == long.MinValue ? "-" : ((ticks - Schedule.StartTicks) / (double)TimeSpan.TicksPerSecond).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);

    private static string RowText(LaneRow row) => row switch
    {
        BatchPart { Parts: 1 } part => $"batch {part.Sequence} {Describe(BatchCodec.Decode(part.Bytes))}",
        BatchPart part => $"batch {part.Sequence} ({part.Part + 1}/{part.Parts})",
        AttemptRow attempt => $"attempt at batch {attempt.Sequence}",
        _ => row.GetType().Name,
    };
}
