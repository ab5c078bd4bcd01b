using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Finds the record that ends the process. The first two attempts at a batch are plain; from the third on it is taken in parts, each announced
/// in the journal before it is tried. The part that was announced last is halved, until one record stands alone; what has ended the process
/// twice alone is poison. The parts are one batch all the same, so its outputs and their order are those of an undisturbed run.
/// </summary>
internal sealed class AttemptPlan(int batchRecords)
{
    private const int PlainAttempts = 2;

    private readonly Dictionary<Coordinate, int> _alone = [];
    private readonly Queue<(int First, int Last)> _parts = new();
    private long _sequence;
    private int _attempts;
    private (int First, int Last) _suspects;
    private AttemptRow? _announced;

    /// <summary>Whether the next batch is taken in parts.</summary>
    public bool IsCareful { get; private set; }

    /// <summary>The part that may be taken now: the record behind its last.</summary>
    public int PartEnd { get; private set; }

    /// <summary>The record at which it begins.</summary>
    public int PartStart { get; private set; }

    /// <summary>Whether parts are left.</summary>
    public bool HasParts => _parts.Count > 0;

    /// <summary>Takes up what the journal says of earlier attempts.</summary>
    public void Recover(AttemptRow row)
    {
        if (row.Sequence != _sequence)
            Reset(row.Sequence);
        if (row.LastRecord == 0)
        {
            Blame();
            _attempts++;
            return;
        }

        _announced = row;
        _suspects = (row.FirstRecord, row.LastRecord);
    }

    /// <summary>The end of the journal: the records that are proven to be poison.</summary>
    public IEnumerable<Coordinate> EndRecovery()
    {
        Blame();
        return _alone.Where(pair => pair.Value >= PlainAttempts).Select(pair => pair.Key);
    }

    /// <summary>Prepares the attempt at a batch.</summary>
    public void Begin(long sequence)
    {
        if (sequence != _sequence)
            Reset(sequence);
        IsCareful = _attempts >= PlainAttempts;
        PartStart = 0;
        PartEnd = IsCareful ? 0 : batchRecords;
        _parts.Clear();
        if (!IsCareful)
            return;
        (int first, int last) = _suspects.Last > _suspects.First ? _suspects : (0, batchRecords);
        int middle = first + ((last - first + 1) / 2);
        int start = 0;
        foreach (int end in (ReadOnlySpan<int>)[first, middle, last, batchRecords])
        {
            if (end > start)
                _parts.Enqueue((start, end));
            start = Math.Max(start, end);
        }

        // What comes after the last record (timers, the journal itself) is announced too, so that no record is blamed for it.
        _parts.Enqueue((batchRecords, batchRecords));
    }

    /// <summary>Goes on to the next part.</summary>
    public void NextPart() => (PartStart, PartEnd) = _parts.Dequeue();

    /// <summary>The last part is done: the batches behind are plain again.</summary>
    public void Close()
    {
        IsCareful = false;
        PartEnd = batchRecords;
    }

    /// <summary>The batch is durable: nothing is suspected any more.</summary>
    public void Succeeded() => Reset(0);

    /// <summary>The process died while the part announced last was tried: whatever was announced before it has survived.</summary>
    private void Blame()
    {
        if (_announced is { } last && last.LastRecord - last.FirstRecord == 1)
            _alone[last.First] = _alone.GetValueOrDefault(last.First) + 1;
        _announced = null;
    }

    private void Reset(long sequence)
    {
        _sequence = sequence;
        _attempts = 0;
        _suspects = default;
        _announced = null;
        _alone.Clear();
    }
}
