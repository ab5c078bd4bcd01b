using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>A command on its way through the lateness classes: orders of each are reached when the events before its instant have been judged.</summary>
/// <param name="Command">The command.</param>
/// <param name="ClassesDone">How many classes it has been through; the next has this number.</param>
/// <param name="Answers">What it did to the orders of those.</param>
internal sealed record WaitingCommand(OrderCommand Command, int ClassesDone, ImmutableArray<OrderAnswer> Answers);

/// <summary>
/// The commands of one district: those that wait for their instant, and the ids of those that were taken. Knows what changed since the last
/// batch. Owned by one district; not thread-safe.
/// </summary>
internal sealed class CommandBook(PeopleFronts fronts)
{
    /// <summary>A sender that repeats a command does so within minutes; so many commands of one district are days.</summary>
    public const int RememberedLimit = 4_096;

    /// <summary>Commands given in advance are a handful; more is a fault of the sender.</summary>
    public const int WaitingLimit = 1_000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _remembered = new();
    private readonly List<string> _added = [];
    private readonly List<WaitingCommand> _waiting = [];
    private int _first;

    public IReadOnlyCollection<string> Remembered => _remembered;

    /// <summary>The ids remembered since the last batch was saved.</summary>
    public IReadOnlyCollection<string> Added => _added;

    /// <summary>The commands that wait, in the order of their instants; those of one instant in that of their arrival.</summary>
    public IReadOnlyList<WaitingCommand> Waiting => _waiting;

    public bool IsChanged { get; private set; }

    public bool IsFull => _waiting.Count >= WaitingLimit;

    /// <summary>The front at which one of those that wait comes to its next class first.</summary>
    public long NextFrontTicks => _waiting.Count == 0 ? long.MaxValue : FrontOf(_waiting[_first]);

    /// <summary>The one that does.</summary>
    public WaitingCommand First => _waiting[_first];

    /// <summary>Remembers an id; false where it was known.</summary>
    public bool TryRemember(string id)
    {
        if (!Keep(id))
            return false;
        _added.Add(id);
        IsChanged = true;
        return true;
    }

    public void Wait(OrderCommand command)
    {
        int place = _waiting.Count;
        while (place > 0 && _waiting[place - 1].Command.AtTicks > command.AtTicks)
            place--;
        _waiting.Insert(place, new WaitingCommand(command, 0, []));
        FindFirst();
        IsChanged = true;
    }

    /// <summary>The first has been through one more class, with these answers of all so far; null: through all of them.</summary>
    public void Advance(ImmutableArray<OrderAnswer>? answers)
    {
        if (answers is { } known)
            _waiting[_first] = First with { ClassesDone = First.ClassesDone + 1, Answers = known };
        else
            _waiting.RemoveAt(_first);
        FindFirst();
        IsChanged = true;
    }

    /// <summary>Takes over what the journal holds: more ids, and the commands that wait now.</summary>
    public void Restore(IEnumerable<string> added, IEnumerable<WaitingCommand> waiting)
    {
        foreach (string id in added)
            Keep(id);
        _waiting.Clear();
        _waiting.AddRange(waiting);
        FindFirst();
    }

    public void MarkSaved()
    {
        _added.Clear();
        IsChanged = false;
    }

    public void Clear()
    {
        _known.Clear();
        _remembered.Clear();
        _waiting.Clear();
        FindFirst();
        MarkSaved();
    }

    // The earliest of those that wait for the same front: commands of one instant take effect in the order of their arrival.
    private void FindFirst()
    {
        _first = 0;
        for (int i = 1; i < _waiting.Count; i++)
        {
            if (FrontOf(_waiting[i]) < FrontOf(_waiting[_first]))
                _first = i;
        }
    }

    private long FrontOf(WaitingCommand waiting) => fronts.FrontOf(waiting.ClassesDone, waiting.Command.AtTicks);

    private bool Keep(string id)
    {
        if (!_known.Add(id))
            return false;
        _remembered.Enqueue(id);
        if (_remembered.Count > RememberedLimit)
            _known.Remove(_remembered.Dequeue());
        return true;
    }
}
