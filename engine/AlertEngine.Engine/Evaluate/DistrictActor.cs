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
        Receive<ApplyDelta>(apply => Read(district, () => kernel.Apply(apply.Delta)));
        Receive<RestoreState>(restore => Read(district, () => kernel.Restore(restore.State)));
        Receive<EncodeState>(encode => Sender.Tell(new StateEncoded(district, encode.Part, kernel.EncodePart(encode.Part, encode.Sequence, encode.MaxBytes))));
    }

    /// <summary>How to make one.</summary>
    public static Props Props(string district, Func<string, IDistrictKernel> kernels) =>
        Akka.Actor.Props.Create(() => new DistrictActor(district, kernels(district)));

    /// <summary>What cannot be read now cannot be read by the next life either: it is said, not thrown, and nothing is done with what was read until then.</summary>
    private void Read(string district, Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException corrupt)
        {
            Sender.Tell(new StateUnreadable(district, corrupt.Message));
            Become(() => ReceiveAny(_ => { }));
        }
    }

    /// <summary>Command: apply a persisted decision.</summary>
    public sealed record ApplyDelta(ReadOnlyMemory<byte> Delta);

    /// <summary>Command: replace the state by the first part of an encoded one.</summary>
    public sealed record RestoreState(ReadOnlyMemory<byte> State);

    /// <summary>Command: encode a part of the state as it is after the batches told so far, the last of which is <paramref name="Sequence"/>.</summary>
    public sealed record EncodeState(int Part, long Sequence, int MaxBytes);

    /// <summary>Event: that part.</summary>
    public sealed record StateEncoded(string District, int Part, StatePart Encoded);

    /// <summary>Event: what was persisted cannot be read; the district does nothing more.</summary>
    public sealed record StateUnreadable(string District, string Reason);
}
