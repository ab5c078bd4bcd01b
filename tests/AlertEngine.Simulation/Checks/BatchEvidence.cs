using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;

namespace AlertEngine.Simulation.Checks;

/// <summary>What the districts were handed for one batch, by the life of the lane that wrote it.</summary>
/// <param name="peopleEnds">Where the inputs of commands and feedback ended when that life began; 0 for the others.</param>
internal sealed class BatchEvidence(ImmutableArray<long> peopleEnds)
{
    public ImmutableArray<long> PeopleEnds => peopleEnds;

    public List<DistrictBatch> Batches { get; } = [];

    /// <summary>Whether a row holds a batch without any record: whatever it did, timers did.</summary>
    public static bool IsOfTimers(LaneRow row) =>
        row is BatchPart { Parts: 1 } part && BatchCodec.Decode(part.Bytes).Tally.Events == 0;
}
