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
        StatePart part = Kernel(encode.District).EncodePart(encode.Part, encode.Sequence, encode.MaxBytes);
        if (encode.Part > 0)
            world.Happenings.Count("district snapshot in parts");
        DistrictSlice slice = new(encode.District, encode.Part, part.Sequence, part.State);
        lane.Soon(() => new LaneInput.SliceEncoded(slice, part.IsLast));
    }

    /// <summary>A snapshot as it was taken; with the planted bug, as the districts are by now.</summary>
    public LaneSnapshot AsSaved(LaneSnapshot snapshot) =>
        world.Bug == PlantedBug.LiveObjectsInASnapshot
            ? snapshot with { Slices = [.. snapshot.Slices.Where(slice => slice.Part == 0).Select(slice => slice with { State = Kernel(slice.District).EncodePart(0, slice.Sequence, int.MaxValue).State })] }
            : snapshot;

    /// <summary>A snapshot as it was saved; with the planted bug, as if all parts of a district were of the same instant.</summary>
    public LaneSnapshot AsRecovered(LaneSnapshot snapshot)
    {
        if (world.Bug != PlantedBug.SlicesOfOneInstant)
            return snapshot;
        Dictionary<string, long> last = snapshot.Slices.GroupBy(slice => slice.District).ToDictionary(slices => slices.Key, slices => slices.Max(slice => slice.Sequence));
        return snapshot with { Slices = [.. snapshot.Slices.Select(slice => slice with { Sequence = last[slice.District] })] };
    }

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
