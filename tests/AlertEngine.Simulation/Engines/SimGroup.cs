using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Engines;

/// <summary>
/// The consumer group that owns the lanes: static members, a session that times out, an assignment that stays where it can. A member that is
/// expelled does not know it until it asks.
/// </summary>
internal sealed class SimGroup(SimWorld world)
{
    /// <summary>After so long without a sign of life a member's lanes are given to others.</summary>
    public const long SessionTicks = 10 * TimeSpan.TicksPerSecond;

    private readonly SortedDictionary<int, SimProcess> _members = [];
    private readonly SimProcess?[] _owners = new SimProcess?[world.Weather.AllLanes];
    private readonly bool[] _isMoving = new bool[world.Weather.AllLanes];
    private readonly Dictionary<int, long> _toldTicks = [];
    private long _claims;

    public bool IsMember(SimProcess process) => _members.GetValueOrDefault(process.Number) == process;

    /// <summary>A process joins under its permanent name: what its former life owned is its own at once.</summary>
    public void Join(SimProcess process)
    {
        SimProcess? former = _members.GetValueOrDefault(process.Number);
        _members[process.Number] = process;
        for (int lane = 0; lane < _owners.Length; lane++)
        {
            if (former is not null && _owners[lane] == former)
                Give(lane, process);
        }

        Balance();
    }

    /// <summary>A process leaves: nothing of it is waited for.</summary>
    public void Leave(SimProcess process)
    {
        if (!IsMember(process))
            return;
        _members.Remove(process.Number);
        Disown(process);
        Balance();
    }

    /// <summary>A process has been silent for longer than the session; it will hear of it when it asks again.</summary>
    public void Expel(SimProcess process)
    {
        if (!IsMember(process))
            return;
        world.Happenings.Count("expelled");
        Leave(process);
    }

    /// <summary>A member has given a lane up as it was asked to.</summary>
    public void Released(int lane, SimProcess process)
    {
        if (_owners[lane] != process || !_isMoving[lane])
            return;
        _isMoving[lane] = false;
        _owners[lane] = null;
        Balance();
    }

    private void Disown(SimProcess process)
    {
        for (int lane = 0; lane < _owners.Length; lane++)
        {
            if (_owners[lane] != process)
                continue;
            _owners[lane] = null;
            _isMoving[lane] = false;
        }
    }

    private void Balance()
    {
        if (_members.Count == 0)
            return;
        int most = (_owners.Length + _members.Count - 1) / _members.Count;
        for (int lane = 0; lane < _owners.Length; lane++)
        {
            if (_owners[lane] is null)
                Give(lane, _members.Values.MinBy(CountOf)!);
            else if (!_isMoving[lane] && CountOf(_owners[lane]!) > most && _members.Values.Any(member => CountOf(member) < most))
                TakeBack(lane);
        }
    }

    private void Give(int lane, SimProcess process)
    {
        _owners[lane] = process;
        _isMoving[lane] = false;
        long claim = ++_claims;
        Tell(process, () => process.Assigned(lane, claim));
    }

    private void TakeBack(int lane)
    {
        SimProcess owner = _owners[lane]!;
        _isMoving[lane] = true;
        world.Happenings.Count("lane moved");
        Tell(owner, () => owner.Revoked(lane));
    }

    /// <summary>A member hears of its lanes late, but in the order in which they were given and taken: one rebalance ends before the next begins.</summary>
    private void Tell(SimProcess member, Action what)
    {
        long atTicks = Math.Max(world.Schedule.NowTicks + world.Chance.Millis(1, 300), _toldTicks.GetValueOrDefault(member.Number) + 1);
        _toldTicks[member.Number] = atTicks;
        world.Schedule.In(atTicks - world.Schedule.NowTicks, () => member.Deliver(what));
    }

    private int CountOf(SimProcess process) => Enumerable.Range(0, _owners.Length).Count(lane => _owners[lane] == process && !_isMoving[lane]);
}
