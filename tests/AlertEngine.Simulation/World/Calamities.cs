using AlertEngine.Simulation.Engines;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.World;

/// <summary>Lets happen what the weather says, at instants that chance chooses, until everything has time to settle.</summary>
internal sealed class Calamities(SimWorld world, SimProcess[] processes)
{
    /// <summary>So long that nothing of an engine that went down is under way any more.</summary>
    private const long LongTicks = SimCoordinator.TimeoutTicks + (8 * TimeSpan.TicksPerSecond);

    private readonly Chance _chance = world.Chance;
    private readonly Weather _weather = world.Weather;
    private readonly SimKafka _kafka = world.Kafka;
    private bool _isShutDown;
    private int _foreign;

    public void Plan()
    {
        Often(_weather.Kills, Kill);
        Often(_weather.Pauses, () => Some().Pause(_chance.Of(0.5) ? _chance.Millis(100, 5_000) : _chance.Millis(8_000, 20_000)));
        Often(_weather.HeartbeatLosses, LoseHeartbeat);
        Often(_weather.CleanStops, StopCleanly);
        Often(_weather.BrokerOutages, () => TakeDown(Service.Kafka));
        Often(_weather.DatabaseOutages, () => TakeDown(Service.Database));
        Often(_weather.RedisFaults, FailRedis);
        Often(_weather.ClockJumps, () => Some().JumpClock(_chance.Millis(0, 16_000) - (8 * TimeSpan.TicksPerSecond)));
        Often(_weather.ProducerExpiries, Expire);
        Often(_weather.Compactions, () => _kafka.Partition(SimTopics.Positions, _chance.Below(_weather.Lanes)).Compact());
        Often(_weather.ForeignTransactions, OpenForeignTransaction);
        Often(_weather.PositionLosses, LosePositions);
        if (_weather.IsRestored)
            Restore();
        if (_weather.IsRecreated)
            Often(1, () => WithEverybodyDown("input recreated", LongTicks, Recreate));
    }

    private void Often(int times, Action happens)
    {
        for (int i = 0; i < times; i++)
            world.Schedule.In(_chance.Millis(500, (int)(_weather.FaultyTicks / TimeSpan.TicksPerMillisecond)), happens);
    }

    private SimProcess Some() => processes[_chance.Below(processes.Length)];

    private void Kill()
    {
        int number = _chance.Below(processes.Length);
        if (processes[number].IsAlive)
            Kill(number, _chance.Of(0.5) ? _chance.Millis(10, 2_000) : _chance.Millis(2_000, 15_000));
    }

    private void Kill(int number, long untilTicks)
    {
        SimProcess victim = processes[number];
        victim.Kill();
        world.Schedule.In(untilTicks, () => Start(number));
        world.Schedule.In(SimGroup.SessionTicks, () => world.Group.Expel(victim));
    }

    private void Start(int number)
    {
        if (processes[number].IsAlive)
            return;
        if (_isShutDown)
        {
            world.Schedule.In(_chance.Millis(100, 3_000), () => Start(number));
            return;
        }

        processes[number] = new SimProcess(world, number);
        processes[number].Start();
    }

    private void StopCleanly()
    {
        int number = _chance.Below(processes.Length);
        SimProcess stopping = processes[number];
        if (stopping.IsAlive && !stopping.IsPaused)
            stopping.StopCleanly(() => world.Schedule.In(_chance.Millis(10, 5_000), () => Start(number)));
    }

    /// <summary>The former owner goes on for long where the next one has to wait for somebody's open transaction before it writes.</summary>
    private void LoseHeartbeat()
    {
        Some().LoseHeartbeat(_chance.Of(0.4) ? _chance.Millis(500, 6_000) : _chance.Millis(6_000, 15_000));
        if (_chance.Of(0.4))
            OpenForeignTransaction();
    }

    private void TakeDown(Service service)
    {
        world.Happenings.Count($"{service} down");
        world.Network.TakeDown(service, _chance.Of(0.7) ? _chance.Millis(100, 3_000) : _chance.Millis(3_000, 18_000));
    }

    private void FailRedis()
    {
        switch (_chance.Below(4))
        {
            case 0: world.Redis.Empty(); break;
            case 1: TakeDown(Service.Redis); break;
            case 2 when !world.Redis.IsSplit:
                world.Redis.Split();
                world.Schedule.In(_chance.Millis(1_000, 8_000), () => world.Redis.Heal(_chance.Of(0.5)));
                break;
            default: break;
        }
    }

    private void Expire()
    {
        world.Happenings.Count("producer expired");
        _kafka.Coordinator.Expire($"alertengine.lane-{_chance.Below(_weather.Lanes)}");
    }

    /// <summary>Somebody else writes into a topic that our outputs go to, in a transaction that stays open for long and may be given up.</summary>
    private void OpenForeignTransaction()
    {
        SimPartition? partition = world.Topics.PureOutputs().Skip(_chance.Below(8)).FirstOrDefault();
        if (partition is null)
            return;
        world.Happenings.Count("foreign transaction");
        string foreign = $"somebody.else.{_foreign++ % 8}";
        (SimAnswer answer, int epoch) = _kafka.Coordinator.Init(foreign, 0);
        if (answer != SimAnswer.Done)
            return;
        partition.Append("foreign", new byte[] { 1 }, null, _kafka.Coordinator.Join(foreign, epoch).Transaction);
        if (_chance.Of(0.7))
            world.Schedule.In(_chance.Millis(500, 14_000), () => _kafka.Coordinator.End(foreign, epoch, _chance.Of(0.5) ? SimTransactionState.Committed : SimTransactionState.Aborted));
    }

    /// <summary>Others' transactions are open in our topics, so that not all of what is published can be seen when the positions are gone.</summary>
    private void LosePositions()
    {
        for (int i = 0; i < 4; i++)
            OpenForeignTransaction();
        world.Schedule.In(_chance.Millis(500, 4_000), () => WithEverybodyDown("positions lost", _chance.Millis(10, 4_000), WipePositions));
    }

    /// <summary>What people do to topics and databases they do while the engine is down.</summary>
    private void WithEverybodyDown(string what, long forTicks, Action happens)
    {
        if (_isShutDown)
        {
            world.Schedule.In(TimeSpan.TicksPerSecond, () => WithEverybodyDown(what, forTicks, happens));
            return;
        }

        world.Happenings.Count(what);
        _isShutDown = true;
        for (int number = 0; number < processes.Length; number++)
        {
            if (processes[number].IsAlive)
                Kill(number, _chance.Millis(10, 3_000));
        }

        world.Schedule.In(forTicks, () =>
        {
            happens();
            _isShutDown = false;
        });
    }

    private void WipePositions()
    {
        for (int lane = 0; lane < _weather.Lanes; lane++)
            _kafka.Partition(SimTopics.Positions, lane).Wipe();
    }

    private void Recreate()
    {
        world.Checks.MayHalt = true;
        _kafka.Create(SimTopics.Video, _weather.Lanes);
    }

    private void Restore()
    {
        object? backup = null;
        world.Schedule.In(_chance.Millis(1_000, 10_000), () =>
        {
            backup = world.Journal.Backup();
            world.Checks.Backup();
        });
        world.Schedule.In(_weather.FaultyTicks / 2, () => WithEverybodyDown("database restored", LongTicks, () =>
        {
            world.Journal.Restore(backup!);
            world.Checks.Restore();
        }));
    }
}
