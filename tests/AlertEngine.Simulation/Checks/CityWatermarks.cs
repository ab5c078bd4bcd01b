using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.Workload;

namespace AlertEngine.Simulation.Checks;

/// <summary>
/// What a lane tells the city of its time, batch by batch: an alert or event carries no later watermark than the batch before had reached, because
/// behind it more may come of the same batch; only the beat at the end says how far the batch has come.
/// </summary>
internal static class CityWatermarks
{
    /// <summary>The outputs of a batch without its beat.</summary>
    public static ImmutableArray<Output> Check(int lane, BatchEvent batch, long formerFrontTicks)
    {
        ImmutableArray<Output> outputs = batch.Outputs;
        if (outputs is [.., { Kind: OutputKind.City, Key: LaneTopics.BeatKey } beat])
        {
            Demand(lane, batch, beat, batch.FrontTicks);
            outputs = outputs[..^1];
        }

        foreach (Output output in outputs.Where(output => output.Kind == OutputKind.City))
            Demand(lane, batch, output, formerFrontTicks);
        return outputs;
    }

    private static void Demand(int lane, BatchEvent batch, Output output, long frontTicks)
    {
        long mostTicks = frontTicks == long.MinValue ? long.MinValue : frontTicks - SimRules.Lane.HighestLatenessTicks;
        if (output.Transit is not { } transit || transit.WatermarkTicks > mostTicks)
            throw new SimulationViolation($"lane {lane}: batch {batch.Sequence} tells the city a time ahead of what it still has to tell: {System.Text.Encoding.UTF8.GetString(output.Value.Span)}");
    }
}
