namespace AlertEngine.Engine.WorkOrders;

/// <summary>
/// The commands of one district: those that wait for their instant, and the ids of those that were taken. Knows what changed since the last
/// batch. Owned by one district; not thread-safe.
/// </summary>
internal sealed class CommandBook
{
    /// <summary>A sender that repeats a command does so within minutes; so many commands of one district are days.</summary>
    public const int RememberedLimit = 4_096;

    /// <summary>Commands given in advance are a handful; more is a fault of the sender.</summary>
    public const int WaitingLimit = 1_000;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _remembered = new();
    private readonly List<string> _added = [];
    private readonly List<OrderCommand> _waiting = [];

    public IReadOnlyCollection<string> Remembered => _remembered;

    /// <summary>The ids remembered since the last batch was saved.</summary>
    public IReadOnlyCollection<string> Added => _added;

    /// <summary>The commands that wait, in the order of their instants; those of one instant in that of their arrival.</summary>
    public IReadOnlyList<OrderCommand> Waiting => _waiting;

    public bool IsChanged { get; private set; }

    public bool IsFull => _waiting.Count >= WaitingLimit;

    /// <summary>When the first of those that wait takes effect.</summary>
    public long NextAtTicks => _waiting.Count == 0 ? long.MaxValue : _waiting[0].AtTicks;

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
        while (place > 0 && _waiting[place - 1].AtTicks > command.AtTicks)
            place--;
        _waiting.Insert(place, command);
        IsChanged = true;
    }

    public OrderCommand TakeFirst()
    {
        OrderCommand first = _waiting[0];
        _waiting.RemoveAt(0);
        IsChanged = true;
        return first;
    }

    /// <summary>Takes over what the journal holds: more ids, and the commands that wait now.</summary>
    public void Restore(IEnumerable<string> added, IEnumerable<OrderCommand> waiting)
    {
        foreach (string id in added)
            Keep(id);
        _waiting.Clear();
        _waiting.AddRange(waiting);
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
        MarkSaved();
    }

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
