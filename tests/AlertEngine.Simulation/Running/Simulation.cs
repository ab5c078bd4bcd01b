using AlertEngine.Simulation.Checks;
using AlertEngine.Simulation.Engines;
using AlertEngine.Simulation.Workload;
using AlertEngine.Simulation.World;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Running;

/// <summary>What became of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Violation">The promise that was broken; null: all were kept.</param>
/// <param name="Happenings">What happened how often.</param>
/// <param name="Steps">How many things happened.</param>
internal sealed record Verdict(int Seed, string? Violation, Happenings Happenings, long Steps)
{
    /// <summary>One line that says what is wrong and replays it.</summary>
    public string Line => $"seed {Seed}: {Violation ?? "kept"}; replay: dotnet run --project tests/AlertEngine.Simulation -- --seeds 1 --from {Seed}";
}

/// <summary>One simulation from its seed: a city's engines live through what the seed brings, and every promise is asked at every step.</summary>
internal static class Simulation
{
    private const long SettleTicks = 45 * TimeSpan.TicksPerSecond;
    private const long PatienceTicks = 600 * TimeSpan.TicksPerSecond;
    private const long PollTicks = TimeSpan.TicksPerSecond / 4;
    private const int Hops = 4;
    private const long MostSteps = 2_000_000;

    public static Verdict Run(int seed, PlantedBug bug = PlantedBug.None, Action<string>? trace = null)
    {
        SimWorld world = new(seed, bug) { Trace = trace };
        try
        {
            Run(world);
            return new Verdict(seed, null, world.Happenings, world.Schedule.Steps);
        }
        catch (SimulationViolation violation)
        {
            return new Verdict(seed, violation.Message, world.Happenings, world.Schedule.Steps);
        }
        catch (Exception fault) when (fault is InvalidOperationException or InvalidDataException or ArgumentException or IndexOutOfRangeException or NullReferenceException or KeyNotFoundException)
        {
            // A lane that throws restarts; but nothing here gives it a reason to.
            return new Verdict(seed, $"{fault.GetType().Name}: {fault.Message}", world.Happenings, world.Schedule.Steps);
        }
    }

    private static void Run(SimWorld world)
    {
        IReadOnlyList<SentEvent> sent = new EventStream(world).Draw();
        foreach (SentEvent record in sent)
            world.Schedule.In(record.AtTicks - world.Schedule.NowTicks, () => Send(world, record));
        SimProcess[] processes = world.Processes;
        foreach (SimProcess process in processes)
            process.Start();
        new Calamities(world, processes).Plan();
        RunUntil(world, Schedule.StartTicks + world.Weather.FaultyTicks);
        world.Network.IsCalm = true;
        RunUntil(world, world.Schedule.NowTicks + SettleTicks);
        Settle(world, new Settled(world, sent));
    }

    /// <summary>What one lane says another reads: to another district, from there to the city, from the city to all. Each hop is one mark more.</summary>
    private static void Settle(SimWorld world, Settled settled)
    {
        long giveUpTicks = world.Schedule.NowTicks + PatienceTicks;
        for (int hop = 0; hop < Hops; hop++)
        {
            settled.Mark();
            while (!settled.IsSo() && world.Schedule.NowTicks < giveUpTicks)
                RunUntil(world, world.Schedule.NowTicks + PollTicks);
        }

        settled.Check();
    }

    private static void Send(SimWorld world, SentEvent record)
    {
        SimPartition partition = world.Kafka.Partition(record.Topic, record.Lane);
        partition.Append(record.District, record.Value, null, null);
    }

    private static void RunUntil(SimWorld world, long untilTicks)
    {
        bool isReached = false;
        world.Schedule.In(untilTicks - world.Schedule.NowTicks, () => isReached = true);
        while (!isReached && world.Schedule.Step())
        {
            if (world.Schedule.Steps > MostSteps)
                throw new SimulationViolation("the simulation does not come to an end");
        }
    }
}
