using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>Where the output partitions end, as far as this lane has to know: none of its messages lies at or behind an end. Thread-safe.</summary>
internal sealed class OutputEnds
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Topic, int Partition), long> _ends = [];

    /// <summary>Takes over ends that were asked of the cluster while no transaction was open.</summary>
    internal void Set(IEnumerable<OutputEnd> ends)
    {
        lock (_lock)
            foreach (var end in ends)
                _ends[(end.Topic, end.Partition)] = end.Offset;
    }

    /// <summary>A message was written at an offset.</summary>
    internal void Written(string topic, int partition, long offset)
    {
        lock (_lock)
            if (offset >= _ends.GetValueOrDefault((topic, partition), -1))
                _ends[(topic, partition)] = offset + 1;
    }

    internal ImmutableArray<OutputEnd> ToImmutable()
    {
        lock (_lock)
            return [.. _ends.Select(end => new OutputEnd(end.Key.Topic, end.Key.Partition, end.Value))];
    }
}
