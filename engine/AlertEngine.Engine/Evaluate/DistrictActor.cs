using System.Diagnostics;
using Akka.Actor;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// Owns the kernel of one district: all its state, and nothing else. Its lane tells it batches, persisted deltas, restored states and the wish
/// for an encoded state, in the order in which they count; it answers to the lane. Nothing of it survives a restart: the lane's journal does,
/// so an exception here restarts the whole lane.
/// </summary>
public sealed class DistrictActor : ReceiveActor
{
    /// <summary>An actor for one district.</summary>
    public DistrictActor(string district, IDistrictKernel kernel)
    {
        Receive<DistrictBatch>(batch =>
        {
            long began = Stopwatch.GetTimestamp();
            DistrictResult result = kernel.Evaluate(batch);
            EvaluateMetrics.Duration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            Sender.Tell(result);
        });
        Receive<ApplyDelta>(apply => kernel.Apply(apply.Delta));
        Receive<RestoreState>(restore => kernel.Restore(restore.State));
        Receive<EncodeState>(encode => Sender.Tell(new StateEncoded(district, encode.Sequence, kernel.EncodeSnapshot())));
    }

    /// <summary>How to make one.</summary>
    public static Props Props(string district, Func<string, IDistrictKernel> kernels) =>
        Akka.Actor.Props.Create(() => new DistrictActor(district, kernels(district)));

    /// <summary>Command: apply a persisted decision.</summary>
    public sealed record ApplyDelta(ReadOnlyMemory<byte> Delta);

    /// <summary>Command: replace the state by an encoded one.</summary>
    public sealed record RestoreState(ReadOnlyMemory<byte> State);

    /// <summary>Command: encode the state as it is after the batches told so far.</summary>
    public sealed record EncodeState(long Sequence);

    /// <summary>Event: the state after batch <paramref name="Sequence"/>, as bytes that nothing changes any more.</summary>
    public sealed record StateEncoded(string District, long Sequence, ReadOnlyMemory<byte> State);
}
