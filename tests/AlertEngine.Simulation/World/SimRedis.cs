using AlertEngine.Engine.Ports;

namespace AlertEngine.Simulation.World;

/// <summary>
/// The shared memory of de-duplication: <c>SET key coordinate NX GET</c>. A failover loses what the replica had not got yet; a split gives two
/// memories, each asked by a part of the processes.
/// </summary>
internal sealed class SimRedis(PlantedBug bug)
{
    private Dictionary<UInt128, string> _main = [];
    private Dictionary<UInt128, string> _other = [];

    public bool IsSplit { get; private set; }

    /// <summary>Whether somebody ever got no answer, and let the window decide.</summary>
    public bool WasUnavailable { get; set; }

    /// <summary>Whether anything was ever forgotten, so that a duplicate in another lane may have passed.</summary>
    public bool HasForgotten { get; private set; }

    public DedupAnswer Ask(int process, UInt128 key, string coordinate)
    {
        Dictionary<UInt128, string> memory = IsSplit && process % 2 == 1 ? _other : _main;
        if (memory.TryAdd(key, coordinate))
            return DedupAnswer.Ours;
        bool isOwn = memory[key] == coordinate && bug != PlantedBug.PlainSetNx;
        return isOwn ? DedupAnswer.Ours : DedupAnswer.Theirs;
    }

    public void Empty()
    {
        HasForgotten |= _main.Count > 0;
        _main.Clear();
    }

    public void Split()
    {
        HasForgotten = true;
        IsSplit = true;
        _other = new(_main);
    }

    /// <summary>One side wins; what the other learned is forgotten.</summary>
    public void Heal(bool mainWins)
    {
        IsSplit = false;
        if (!mainWins)
            _main = _other;
    }
}
