using AlertEngine.Engine.Lanes;

namespace AlertEngine.Simulation.World;

/// <summary>What became of a write.</summary>
internal enum SimWrite
{
    /// <summary>Durable.</summary>
    Done = 0,

    /// <summary>A row of that number or above was there: another one writes this lane's journal.</summary>
    Conflict,
}

/// <summary>
/// The journals of all lanes in one database. A write is one transaction: all its rows or none; its rows lie above every row that was ever there,
/// because the highest number ever given survives the deletion of its row. Everything goes through its stored bytes.
/// </summary>
internal sealed class SimJournal(PlantedBug bug)
{
    private Dictionary<int, LaneFile> _lanes = [];

    /// <summary>Told of each write that became durable.</summary>
    public Action<int, IReadOnlyList<LaneRow>, object?>? Written { get; set; }

    /// <summary>Told of a write that was acknowledged where rows were pruned: no recovery looks there, because a snapshot stands for them.</summary>
    public Action<int, long>? Buried { get; set; }

    public SimWrite Write(int lane, long firstNumber, IReadOnlyList<LaneRow> rows, object? evidence)
    {
        LaneFile file = Of(lane);
        if (bug == PlantedBug.JournalWithoutUniqueKey)
            firstNumber = file.Highest + 1;
        if (IsTaken(file, firstNumber, rows.Count))
            return SimWrite.Conflict;
        for (int i = 0; i < rows.Count; i++)
            file.Rows[firstNumber + i] = new StoredRow(LaneRowCodec.ManifestOf(rows[i]), LaneRowCodec.Encode(rows[i]));
        file.Highest = Math.Max(file.Highest, firstNumber + rows.Count - 1);
        if (firstNumber > file.LastDeleted)
            Written?.Invoke(lane, rows, evidence);
        else
            Buried?.Invoke(lane, firstNumber);
        return SimWrite.Done;
    }

    private bool IsTaken(LaneFile file, long firstNumber, int rows) => bug == PlantedBug.RowsWhereRowsWerePruned
        ? Enumerable.Range(0, rows).Any(row => file.Rows.ContainsKey(firstNumber + row) || file.LastDeleted == firstNumber + row)
        : firstNumber <= file.Highest;

    public long HighestOf(int lane) => Of(lane).Highest;

    /// <summary>Rows from a number on, as many as a page holds.</summary>
    public List<(long Number, LaneRow Row)> Page(int lane, long from, long last, int limit)
    {
        List<(long, LaneRow)> page = [];
        foreach ((long number, StoredRow row) in Of(lane).Rows)
        {
            if (number > last || page.Count == limit)
                break;
            if (number >= from)
                page.Add((number, row.Decode()));
        }

        return page;
    }

    public void Delete(int lane, long upTo)
    {
        LaneFile file = Of(lane);
        file.LastDeleted = Math.Max(file.LastDeleted, file.Rows.Keys.LastOrDefault(number => number <= upTo));
        while (file.Rows.Count > 0 && file.Rows.Keys.First() <= upTo)
            file.Rows.Remove(file.Rows.Keys.First());
    }

    public void Save(int lane, LaneSnapshot snapshot) => Of(lane).Snapshots[snapshot.RowNumber] = LaneRowCodec.Encode(snapshot);

    /// <summary>The newest snapshot by the row it stands for.</summary>
    public LaneSnapshot? NewestSnapshot(int lane)
    {
        LaneFile file = Of(lane);
        return file.Snapshots.Count == 0 ? null : (LaneSnapshot)LaneRowCodec.Decode(LaneRowCodec.SnapshotManifest, file.Snapshots.Values.Last());
    }

    public void DeleteSnapshots(int lane, long upTo)
    {
        LaneFile file = Of(lane);
        foreach (long number in file.Snapshots.Keys.Where(number => number <= upTo).ToArray())
            file.Snapshots.Remove(number);
    }

    /// <summary>Everything as it is now, to go back to.</summary>
    public object Backup() => _lanes.ToDictionary(pair => pair.Key, pair => pair.Value.Copy());

    public void Restore(object backup) => _lanes = ((Dictionary<int, LaneFile>)backup).ToDictionary(pair => pair.Key, pair => pair.Value.Copy());

    private LaneFile Of(int lane)
    {
        if (!_lanes.TryGetValue(lane, out LaneFile? file))
            _lanes[lane] = file = new LaneFile();
        return file;
    }

    private readonly record struct StoredRow(string Manifest, byte[] Bytes)
    {
        public LaneRow Decode() => (LaneRow)LaneRowCodec.Decode(Manifest, Bytes);
    }

    private sealed class LaneFile
    {
        public SortedDictionary<long, StoredRow> Rows { get; init; } = [];

        public SortedDictionary<long, byte[]> Snapshots { get; init; } = [];

        public long Highest { get; set; }

        /// <summary>The last row that was deleted keeps its number, so that it is never given again.</summary>
        public long LastDeleted { get; set; }

        public LaneFile Copy() => new() { Rows = new(Rows), Snapshots = new(Snapshots), Highest = Highest, LastDeleted = LastDeleted };
    }
}
