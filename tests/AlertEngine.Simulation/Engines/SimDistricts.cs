using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Simulation.Checks;
using AlertEngine.Simulation.Workload;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Engines;

/// <summary>The districts of one life of a lane: real kernels. What they are handed is kept as evidence until its batch is durable.</summary>
internal sealed class SimDistricts(SimLane lane, SimWorld world, ImmutableArray<long> peopleEnds)
{
    private readonly SortedDictionary<string, IDistrictKernel> _kernels = new(StringComparer.Ordinal);
    private readonly Dictionary<long, BatchEvidence> _evidence = [];

    /// <summary>Set while the rows of a batch are recovered that took in no record: what it did was done by timers.</summary>
    public bool IsRecoveringTimers { get; set; }

    public void Evaluate(ImmutableArray<DistrictBatch> batches)
    {
        foreach (DistrictBatch batch in batches)
        {
            EvidenceOf(batch.Sequence).Batches.Add(batch);
            DistrictResult result = Kernel(batch.District).Evaluate(batch);
            lane.Soon(() => new LaneInput.DistrictEvaluated(result));
        }
    }

    public void Apply(LaneCommand.ApplyDelta apply)
    {
        if (world.Bug != PlantedBug.TimersEvaluatedAgainOnRecovery || !IsRecoveringTimers)
            Kernel(apply.District).Apply(apply.Delta);
    }

    public void Restore(LaneCommand.RestoreDistrict restore) => Kernel(restore.District).Restore(restore.State);

    public void Encode(LaneCommand.EncodeSlice encode)
    {
        // Bytes of its own: the kernel goes on writing.
        DistrictSlice slice = new(encode.District, encode.Sequence, Kernel(encode.District).EncodeSnapshot().ToArray());
        lane.Soon(() => new LaneInput.SliceEncoded(slice));
    }

    /// <summary>A snapshot as it was taken; with the planted bug, as the districts are by now.</summary>
    public LaneSnapshot AsSaved(LaneSnapshot snapshot) =>
        world.Bug == PlantedBug.LiveObjectsInASnapshot
            ? snapshot with { Slices = [.. snapshot.Slices.Select(slice => slice with { State = Kernel(slice.District).EncodeSnapshot().ToArray() })] }
            : snapshot;

    /// <summary>What was handed out for a batch.</summary>
    public BatchEvidence TakeEvidence(long sequence) => _evidence.Remove(sequence, out BatchEvidence? evidence) ? evidence : new BatchEvidence(peopleEnds);

    private BatchEvidence EvidenceOf(long sequence)
    {
        if (!_evidence.TryGetValue(sequence, out BatchEvidence? evidence))
            _evidence[sequence] = evidence = new BatchEvidence(peopleEnds);
        return evidence;
    }

    private IDistrictKernel Kernel(string district)
    {
        if (!_kernels.TryGetValue(district, out IDistrictKernel? kernel))
            _kernels[district] = kernel = SimRules.NewKernel(district);
        return kernel;
    }
}
