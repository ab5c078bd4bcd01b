namespace AlertEngine.Simulation.World.Kafka;

/// <summary>The cluster: topics, their partitions and the coordinator. What it acknowledged it keeps.</summary>
internal sealed class SimKafka
{
    /// <summary>Partitions of an output topic: fewer than lanes and not one each, so that lanes meet in them.</summary>
    public const int OutputPartitions = 2;

    private readonly SortedDictionary<string, SimPartition[]> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _generations = new(StringComparer.Ordinal);

    public SimKafka(Schedule schedule, Chance chance) =>
        Coordinator = new SimCoordinator(schedule, chance, transaction => Marked?.Invoke(transaction));

    public SimCoordinator Coordinator { get; }

    /// <summary>Told whenever a partition learns the outcome of a transaction.</summary>
    public Action<SimTransaction>? Marked { get; set; }

    public void Create(string topic, int partitions)
    {
        _topics[topic] = [.. Enumerable.Range(0, partitions).Select(number => new SimPartition(topic, number))];
        _generations[topic] = _generations.GetValueOrDefault(topic) + 1;
    }

    /// <summary>What tells a topic from an earlier one of its name.</summary>
    public string IdOf(string topic) => $"{topic}#{_generations[topic]}";

    public SimPartition Partition(string topic, int number) => _topics[topic][number];

    public IReadOnlyList<SimPartition> PartitionsOf(string topic)
    {
        if (!_topics.ContainsKey(topic))
            Create(topic, OutputPartitions);
        return _topics[topic];
    }

    /// <summary>The topics that outputs go to: those that are neither an input nor the engine's own book-keeping.</summary>
    public IEnumerable<SimPartition> Outputs(Func<string, bool> isOutput) => _topics.Where(topic => isOutput(topic.Key)).SelectMany(topic => topic.Value);
}
