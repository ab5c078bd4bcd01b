using AlertEngine.Simulation.Checks;
using AlertEngine.Simulation.Engines;
using AlertEngine.Simulation.Workload;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.World;

/// <summary>Everything that one simulation consists of.</summary>
internal sealed class SimWorld
{
    public SimWorld(int seed, PlantedBug bug)
    {
        Bug = bug;
        Chance = new Chance(seed);
        Schedule = new Schedule();
        Weather = Weather.Draw(Chance);
        Network = new Network(Schedule, Chance, Weather);
        Kafka = new SimKafka(Schedule, Chance);
        Journal = new SimJournal(bug);
        Redis = new SimRedis(bug);
        Topics = new SimTopics(Kafka, Weather.Lanes);
        Options = SimOptions.Draw(Chance, Weather);
        Checks = new WorldChecks(this);
        Group = new SimGroup(this);
        Processes = [.. Enumerable.Range(0, Weather.Processes).Select(number => new SimProcess(this, number))];
    }

    public PlantedBug Bug { get; }

    /// <summary>Told what happens, line by line, where somebody wants to read a seed; null: nobody does.</summary>
    public Action<string>? Trace { get; set; }

    public Chance Chance { get; }

    public Schedule Schedule { get; }

    public Weather Weather { get; }

    public Network Network { get; }

    public SimKafka Kafka { get; }

    public SimJournal Journal { get; }

    public SimRedis Redis { get; }

    public SimTopics Topics { get; }

    public SimOptions Options { get; }

    public WorldChecks Checks { get; }

    public SimGroup Group { get; }

    /// <summary>The processes by their numbers, as they live now.</summary>
    public SimProcess[] Processes { get; }

    public GroupOffsets GroupOffsets { get; } = new();

    /// <summary>What happened how often, so that a simulation of nothing is seen as such.</summary>
    public Happenings Happenings { get; } = new();
}
