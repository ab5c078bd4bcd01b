namespace AlertEngine.Simulation.World.Kafka;

/// <summary>One partition: a log with transactions in it, whose readers see as far as the last stable offset.</summary>
internal sealed class SimPartition(string topic, int number)
{
    private readonly Dictionary<SimTransaction, long> _open = [];
    private List<SimRecord> _records = [];

    public string Topic { get; } = topic;

    public int Number { get; } = number;

    /// <summary>The offset behind the last record: what read_uncommitted sees.</summary>
    public long End { get; private set; }

    /// <summary>The offset of the first record of the oldest transaction whose end is not known here: read_committed sees no further.</summary>
    public long LastStable => _open.Count == 0 ? End : _open.Values.Min();

    /// <summary>The offset behind the last record that a read_committed reader can be given now.</summary>
    public long ReadableEnd => _records.Where(record => record.IsVisible && record.Offset < LastStable).Select(record => record.Offset + 1).LastOrDefault();

    /// <summary>Every record there is, for checks.</summary>
    public IReadOnlyList<SimRecord> Records => _records;

    public long Append(string key, ReadOnlyMemory<byte> value, SimNumbers? numbers, SimTransaction? transaction)
    {
        if (transaction is not null && _open.TryAdd(transaction, End))
            transaction.Partitions.Add(this);
        SimRecord record = new(End, key, value, numbers, transaction);
        _records.Add(record);
        transaction?.Records.Add((this, record));
        return End++;
    }

    /// <summary>The end of a transaction reaches this partition.</summary>
    public void Mark(SimTransaction transaction)
    {
        _records.Add(new SimRecord(End++, "", default, null, transaction, IsControl: true));
        _open.Remove(transaction);
    }

    /// <summary>The records that a read_committed reader at an offset is given next, and where it stands afterwards.</summary>
    public (List<SimRecord> Records, long Next) Read(long from, long until, int limit)
    {
        List<SimRecord> read = [];
        int place = PlaceOf(from);
        for (; place < _records.Count && _records[place].Offset < until && read.Count < limit; place++)
        {
            if (_records[place].IsVisible)
                read.Add(_records[place]);
        }

        return (read, place < _records.Count ? Math.Min(_records[place].Offset, until) : until);
    }

    /// <summary>Compaction: of the records of one key that readers may see, the last stays. Offsets never change.</summary>
    public void Compact()
    {
        long stable = LastStable;
        HashSet<string> later = [];
        List<SimRecord> kept = [];
        for (int place = _records.Count - 1; place >= 0; place--)
        {
            SimRecord record = _records[place];
            bool stays = record.Offset >= stable || (record.IsVisible && later.Add(record.Key));
            if (stays)
                kept.Add(record);
        }

        kept.Reverse();
        _records = kept;
    }

    /// <summary>Takes everything away, as deleting and creating the topic does.</summary>
    public void Wipe()
    {
        _records = [];
        _open.Clear();
        End = 0;
    }

    private int PlaceOf(long offset)
    {
        int low = 0, high = _records.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_records[middle].Offset < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
