using System.Runtime.CompilerServices;
using AlertEngine.Engine.Ports;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Checks;

/// <summary>What a read_committed reader sees of one lane: everything once, whole transactions, nothing that is not durable, in order.</summary>
internal sealed class ReaderCheck(int lane, Func<LaneHistory> history)
{
    private readonly HashSet<long> _seen = [];
    private readonly Dictionary<(string Topic, int Partition), long> _newest = [];
    private long _highest;

    /// <summary>How many outputs are visible; they are the first ones, without a gap.</summary>
    public long Seen => _seen.Count;

    public void See(SimPartition partition, SimRecord record, SimNumbers numbers)
    {
        Demand(numbers.EmitSeq <= history().Outputs.Count, $"output {numbers.EmitSeq} is visible and not durable");
        NumberedOutput durable = history().Outputs[(int)numbers.EmitSeq - 1];
        Demand(
            durable.Output.Topic == partition.Topic && durable.Output.Key == record.Key && durable.Output.Value.Span.SequenceEqual(record.Value.Span),
            $"output {numbers.EmitSeq} is visible with another content than the durable one");
        Demand(durable.TopicSeq == numbers.TopicSeq, $"output {numbers.EmitSeq} has number {numbers.TopicSeq} in {partition.Topic} in place of {durable.TopicSeq}");
        Demand(_seen.Add(numbers.EmitSeq), $"output {numbers.EmitSeq} is visible twice");
        (string, int) place = (partition.Topic, partition.Number);
        Demand(numbers.EmitSeq > _newest.GetValueOrDefault(place), $"output {numbers.EmitSeq} lies behind output {_newest.GetValueOrDefault(place)} in {partition.Topic}");
        _newest[place] = numbers.EmitSeq;
        _highest = Math.Max(_highest, numbers.EmitSeq);
    }

    /// <summary>A whole transaction has become visible: what can be seen has no gap.</summary>
    public void TransactionSeen() =>
        Demand(_highest == _seen.Count, $"{_seen.Count} outputs are visible, but the newest is output {_highest}: a gap");

    private void Demand(bool isSo, [InterpolatedStringHandlerArgument(nameof(isSo))] Otherwise otherwise)
    {
        if (!isSo)
            throw new SimulationViolation($"lane {lane}: {otherwise.ToString()}");
    }
}
