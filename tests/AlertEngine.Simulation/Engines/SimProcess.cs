using AlertEngine.Engine.Lanes;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Engines;

/// <summary>
/// One engine process: its lanes, its clock, and whether it runs, sleeps or is dead. It does with lanes what the program does: takes over again
/// after a fault, stops what it has to give back, and never takes again what it was fenced from before the group says so.
/// </summary>
internal sealed class SimProcess(SimWorld world, int number)
{
    private const long CleanStopTicks = 10 * TimeSpan.TicksPerSecond;

    private readonly SortedDictionary<int, Holding> _lanes = [];
    private readonly Queue<Action> _deferred = new();
    private long _skewTicks;

    public int Number { get; } = number;

    public SimWorld World { get; } = world;

    public bool IsAlive { get; private set; } = true;

    public bool IsPaused { get; private set; }

    /// <summary>What its clock shows.</summary>
    public long ClockTicks => World.Schedule.NowTicks + _skewTicks;

    /// <summary>Its lives now, for checks.</summary>
    public IEnumerable<SimLane> Lives => _lanes.Values.Select(holding => holding.Life).OfType<SimLane>();

    public void Start() => World.Group.Join(this);

    /// <summary>Something reaches the process: a dead one never takes it, a sleeping one when it wakes.</summary>
    public void Deliver(Action action)
    {
        if (!IsAlive)
            return;
        if (IsPaused)
            _deferred.Enqueue(action);
        else
            action();
    }

    public void Kill()
    {
        IsAlive = false;
        World.Happenings.Count("process killed");
        foreach (SimLane life in Lives)
            life.End();
    }

    public void Pause(long forTicks)
    {
        if (!IsAlive || IsPaused)
            return;
        IsPaused = true;
        World.Happenings.Count("process paused");
        if (forTicks > SimGroup.SessionTicks)
            World.Schedule.In(SimGroup.SessionTicks, () => World.Group.Expel(this));
        World.Schedule.In(forTicks, Wake);
    }

    /// <summary>The group takes the process for dead though it lives, and the process hears of it late.</summary>
    public void LoseHeartbeat(long untilTicks)
    {
        if (!IsAlive || IsPaused)
            return;
        World.Happenings.Count("heartbeat lost");
        World.Group.Expel(this);
        World.Schedule.In(untilTicks, () => Deliver(Ask));
    }

    public void JumpClock(long byTicks) => _skewTicks += byTicks;

    /// <summary>A clean stop: what is under way is finished, then the process leaves the group.</summary>
    public void StopCleanly(Action ended)
    {
        World.Happenings.Count("process stopped cleanly");
        foreach (int lane in _lanes.Keys.ToArray())
            Stop(lane);
        World.Schedule.In(CleanStopTicks, () =>
        {
            World.Group.Leave(this);
            if (IsAlive)
                Kill();
            ended();
        });
    }

    public void Assigned(int lane, long claim)
    {
        if (_lanes.TryGetValue(lane, out Holding? held))
            held.Life?.End();
        Holding holding = _lanes[lane] = new Holding(claim);
        Begin(lane, holding);
    }

    public void Revoked(int lane) => Stop(lane);

    /// <summary>A life of a lane has ended by itself.</summary>
    public void Ended(SimLane life, LaneCommand last)
    {
        if (!_lanes.TryGetValue(life.Lane, out Holding? holding) || holding.Life != life)
            return;
        holding.Life = null;
        switch (last)
        {
            case LaneCommand.Restart when !holding.IsReleased:
                World.Happenings.Count(last is LaneCommand.Restart { IsSuspicion: true } ? "lane suspected" : "lane restarted");
                World.Schedule.In(World.Chance.Millis(200, 1_000), () => Deliver(() => BeginAgain(life.Lane, holding)));
                break;
            case LaneCommand.Halt halt:
                World.Checks.Halted(life.Lane, halt.Reason);
                Ask(life.Lane, holding, halt);
                break;
            default:
                Stopped(life.Lane, holding);
                break;
        }
    }

    /// <summary>Some halts are for a person to decide about; some people decide to go on, about this very halt.</summary>
    private void Ask(int lane, Holding holding, LaneCommand.Halt halt)
    {
        if (halt.Cause == HaltCause.Damage || World.Chance.Of(0.3))
            return;
        World.Schedule.In(World.Chance.Millis(500, 6_000), () => Deliver(() =>
        {
            if (_lanes.GetValueOrDefault(lane) != holding || holding.Life is not null || holding.IsReleased)
                return;
            World.Checks.Resumed(lane);
            Begin(lane, holding, new LaneConsent(halt.Cause, halt.Reason));
        }));
    }

    private void Stopped(int lane, Holding holding)
    {
        _lanes.Remove(lane);
        if (holding.IsReleased)
            World.Group.Released(lane, this);
        else
            AskForNewAssignment();
    }

    /// <summary>A lane stopped though nobody took it back: the member leaves and joins anew, so that the group says who owns what.</summary>
    private void AskForNewAssignment()
    {
        World.Happenings.Count("lane fenced");
        World.Schedule.In(World.Chance.Millis(10, 1_000), () => Deliver(() =>
        {
            World.Group.Leave(this);
            foreach (int lane in _lanes.Keys.ToArray())
                Lose(lane);
            World.Group.Join(this);
        }));
    }

    private void Wake()
    {
        IsPaused = false;
        // The group's own thread hears of the loss at its next heartbeat; until then the lanes go on as if nothing had been.
        World.Schedule.In(World.Chance.Millis(0, 3_000), () => Deliver(Ask));
        while (!IsPaused && IsAlive && _deferred.TryDequeue(out Action? action))
            action();
    }

    private void Ask()
    {
        if (World.Group.IsMember(this))
            return;
        foreach (int lane in _lanes.Keys.ToArray())
            Lose(lane);
        World.Group.Join(this);
    }

    private void Lose(int lane)
    {
        SimLane? life = _lanes[lane].Life;
        _lanes[lane].IsReleased = true;
        life?.Give(new LaneInput.Revoked());
        _lanes.Remove(lane);
    }

    private void Stop(int lane)
    {
        if (!_lanes.TryGetValue(lane, out Holding? holding) || holding.IsReleased)
            return;
        holding.IsReleased = true;
        if (holding.Life is { } life)
        {
            World.Schedule.In(CleanStopTicks, () => Deliver(() => StopAtOnce(life)));
            life.Give(new LaneInput.Stop());
        }
        else
        {
            Stopped(lane, holding);
        }
    }

    private void StopAtOnce(SimLane life)
    {
        if (life.HasEnded)
            return;
        life.End();
        Ended(life, new LaneCommand.StopLane("not stopped in time"));
    }

    private void BeginAgain(int lane, Holding holding)
    {
        if (_lanes.GetValueOrDefault(lane) != holding || holding.Life is not null)
            return;
        if (holding.IsReleased)
            Stopped(lane, holding);
        else
            Begin(lane, holding);
    }

    private void Begin(int lane, Holding holding, LaneConsent? consent = null)
    {
        World.Happenings.Count("lane taken");
        holding.Life = new SimLane(this, lane, holding.Claim, holding.Lives, consent);
        holding.Life.Start();
    }

    private sealed class Holding(long claim)
    {
        public long Claim { get; } = claim;

        public LaneLives Lives { get; } = new();

        public SimLane? Life { get; set; }

        public bool IsReleased { get; set; }
    }
}
