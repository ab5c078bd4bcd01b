using System.Collections.Immutable;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// A snapshot while it comes together: the lane's part after one batch, then the districts one after the other and a large one in parts while the
/// lane goes on, so that no batch waits for more than <see cref="LaneOptions.SnapshotPartBytes"/>. It is saved when every batch in it is durable
/// and all outputs up to it are published: rows behind it may then be forgotten. Not thread-safe.
/// </summary>
internal sealed class SnapshotRoll(LaneOptions options)
{
    private const int Rounds = 4;

    private readonly Queue<(string District, int Part)> _left = new();
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
            _left.Enqueue((district, 0));
        _perRound = Math.Max(1, (_left.Count + Rounds - 1) / Rounds);
    }

    /// <summary>What districts are to encode before the next batch is handed out.</summary>
    /// <param name="sequence">The batch before it.</param>
    public IEnumerable<LaneCommand.EncodeSlice> NextParts(long sequence)
    {
        int asked = Math.Min(_perRound, _left.Count);
        for (int i = 0; i < asked; i++)
        {
            (string district, int part) = _left.Dequeue();
            _asked++;
            yield return new LaneCommand.EncodeSlice(district, part, sequence, Math.Max(1, options.SnapshotPartBytes / asked));
        }
    }

    /// <summary>Takes a part of a district.</summary>
    /// <param name="slice">The part.</param>
    /// <param name="isLast">Whether the district has no more.</param>
    public void Take(DistrictSlice slice, bool isLast)
    {
        _slices.Add(slice);
        if (!isLast)
            _left.Enqueue((slice.District, slice.Part + 1));
    }

    /// <summary>The snapshot, once everything in it is durable and published; null before.</summary>
    public LaneSnapshot? TryBuild(long persistedSequence, Outbox outbox)
    {
        bool isComplete = IsRolling && !_lane.IsEmpty && _left.Count == 0 && _slices.Count == _asked && _rowNumber > 0;
        if (!isComplete || _slices.Any(slice => slice.Sequence > persistedSequence) || !(outbox.IsPublished(_emitSeq) || options.SnapshotsAheadOfOutputs))
            return null;
        ImmutableArray<DistrictSlice> slices = [.. _slices.OrderBy(slice => slice.District, StringComparer.Ordinal).ThenBy(slice => slice.Part)];
        LaneSnapshot snapshot = new(_sequence, _rowNumber, _lane, slices);
        _lastBytes = _lane.Length + _slices.Sum(slice => (long)slice.State.Length);
        _lane = default;
        _slices.Clear();
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
