using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;

namespace AlertEngine.Benchmarks.Recovery;

/// <summary>What a database would keep of a lane: rows and the newest snapshot, as the bytes that are written there.</summary>
internal sealed class StoredJournal
{
    private readonly List<(long Number, string Manifest, byte[] Bytes)> _rows = [];
    private long _lastRow;

    /// <summary>The newest snapshot; null before the first.</summary>
    public byte[]? Snapshot { get; private set; }

    /// <summary>The batch after which it was begun.</summary>
    public long SnapshotSequence { get; private set; }

    /// <summary>The bytes of all rows that were not pruned.</summary>
    public long RowsBytes => _rows.Sum(row => (long)row.Bytes.Length);

    /// <summary>Writes rows and returns the number of the last.</summary>
    public long Write(ImmutableArray<LaneRow> rows)
    {
        foreach (LaneRow row in rows)
            _rows.Add((++_lastRow, LaneRowCodec.ManifestOf(row), LaneRowCodec.Encode(row)));
        return _lastRow;
    }

    public void Save(LaneSnapshot snapshot)
    {
        SnapshotSequence = snapshot.Sequence;
        Snapshot = LaneRowCodec.Encode(snapshot);
    }

    public void Prune(long upToRowNumber) => _rows.RemoveAll(row => row.Number <= upToRowNumber);

    /// <summary>What a recovery reads, decoded one by one.</summary>
    public IEnumerable<LaneInput> Recover()
    {
        if (Snapshot is not null)
            yield return new LaneInput.SnapshotRecovered((LaneSnapshot)LaneRowCodec.Decode(LaneRowCodec.SnapshotManifest, Snapshot));
        foreach ((long number, string manifest, byte[] bytes) in _rows)
            yield return new LaneInput.RowRecovered((LaneRow)LaneRowCodec.Decode(manifest, bytes), number);
        yield return new LaneInput.JournalRecovered(_lastRow);
    }
}
