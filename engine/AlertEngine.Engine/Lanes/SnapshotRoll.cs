using System.Collections.Immutable;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// A snapshot while it comes together: the lane's part after one batch, then the districts one after the other while the lane goes on, so that
/// no batch waits for more than a slice. It is saved when every batch in it is durable and all outputs up to it are published: rows behind it
/// may then be forgotten. Not thread-safe.
/// </summary>
internal sealed class SnapshotRoll(LaneOptions options)
{
    private const int Rounds = 4;

    private readonly Queue<string> _left = new();
    private readonly List<DistrictSlice> _slices = [];
    private readonly StateWriter _writer = new();
    private ReadOnlyMemory<byte> _lane;
    private long _sequence;
    private long _rowNumber;
    private long _emitSeq;
    private int _asked;
    private int _perRound;
    private long _lastBytes;
    private long _journalBytes;
    private int _batches;

    /// <summary>Whether one is under way.</summary>
    public bool IsRolling { get; private set; }

    /// <summary>Counts a durable batch, and tells at which row it ended.</summary>
    public void Persisted(long sequence, long rowNumber, long bytes)
    {
        _batches++;
        _journalBytes += bytes;
        if (IsRolling && sequence == _sequence)
            _rowNumber = rowNumber;
    }

    /// <summary>Whether it is time for one.</summary>
    public bool IsDue => !IsRolling && _batches >= options.SnapshotBatches && _journalBytes >= Math.Max(options.SnapshotJournalBytes, _lastBytes);

    /// <summary>Begins with the intake as it is after a batch was closed, before the next one is begun.</summary>
    public void Begin(long sequence, Intake intake)
    {
        IsRolling = true;
        _sequence = sequence;
        _rowNumber = 0;
        _slices.Clear();
        _left.Clear();
        _asked = 0;
        _lane = default;
        _writer.Clear();
        intake.Encode(_writer);
    }

    /// <summary>Adds what is known of the lane once that batch was evaluated.</summary>
    public void EncodeLane(long sequence, Outbox outbox, DistrictDues dues, LaneTally tally, ImmutableArray<InputIdentity> inputs)
    {
        if (!IsRolling || sequence != _sequence)
            return;
        outbox.Encode(_writer);
        dues.Encode(_writer);
        tally.Encode(_writer);
        LaneRowCodec.WriteInputs(_writer, inputs);
        _lane = _writer.Written.ToArray();
        _emitSeq = outbox.EmitSeq;
        foreach (string district in dues.Districts)
            _left.Enqueue(district);
        _perRound = Math.Max(1, (_left.Count + Rounds - 1) / Rounds);
    }

    /// <summary>The districts to encode before the next batch is handed out.</summary>
    public IEnumerable<string> NextDistricts()
    {
        for (int i = 0; i < _perRound && _left.Count > 0; i++)
        {
            _asked++;
            yield return _left.Dequeue();
        }
    }

    /// <summary>Takes a district's slice.</summary>
    public void Take(DistrictSlice slice) => _slices.Add(slice);

    /// <summary>The snapshot, once everything in it is durable and published; null before.</summary>
    public LaneSnapshot? TryBuild(long persistedSequence, Outbox outbox)
    {
        bool isComplete = IsRolling && !_lane.IsEmpty && _left.Count == 0 && _slices.Count == _asked && _rowNumber > 0;
        if (!isComplete || _slices.Any(slice => slice.Sequence > persistedSequence) || !(outbox.IsPublished(_emitSeq) || options.SnapshotsAheadOfOutputs))
            return null;
        _slices.Sort((a, b) => string.CompareOrdinal(a.District, b.District));
        LaneSnapshot snapshot = new(_sequence, _rowNumber, _lane, [.. _slices]);
        _lastBytes = _lane.Length + _slices.Sum(slice => (long)slice.State.Length);
        _lane = default;
        return snapshot;
    }

    /// <summary>The snapshot was kept, or not; the next one is counted from here.</summary>
    public void Ended()
    {
        IsRolling = false;
        _batches = 0;
        _journalBytes = 0;
    }
}
