namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The slices of a snapshot between the rows behind it: a district gets its slices and the deltas of its batches in the order in which they were so.
/// A batch that is in a district's first slice is not applied again; a later slice holds more keys, as they were after its batch, and so
/// comes behind the delta of that batch and before the next. Whatever changed between two slices is in the deltas between them. Not thread-safe.
/// </summary>
internal sealed class RecoveredSlices
{
    private readonly Dictionary<string, long> _begins = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Queue<DistrictSlice>> _later = new(StringComparer.Ordinal);

    /// <summary>Takes a snapshot's slices and restores the first ones.</summary>
    /// <exception cref="InvalidDataException">They are not one behind the other.</exception>
    public IEnumerable<LaneCommand> Begin(IEnumerable<DistrictSlice> slices)
    {
        DistrictSlice? former = null;
        foreach (DistrictSlice slice in slices)
        {
            int expected = former?.District == slice.District ? former.Part + 1 : 0;
            if (slice.Part != expected || (slice.Part > 0 && slice.Sequence < former!.Sequence) || (slice.Part == 0 && !_begins.TryAdd(slice.District, slice.Sequence)))
                throw new InvalidDataException($"part {slice.Part} of district {slice.District} in the snapshot does not follow what is before it");
            former = slice;
            if (slice.Part == 0)
                yield return new LaneCommand.RestoreDistrict(slice.District, slice.State);
            else
                LaterOf(slice.District).Enqueue(slice);
        }
    }

    /// <summary>What a district is to apply for a batch: the slices that are due before it, and its delta unless it is in the first slice already.</summary>
    public IEnumerable<LaneCommand> Apply(DistrictDelta delta, long sequence)
    {
        if (_later.TryGetValue(delta.District, out Queue<DistrictSlice>? later))
        {
            while (later.TryPeek(out DistrictSlice? next) && next.Sequence < sequence)
                yield return Apply(later.Dequeue());
        }

        if (_begins.GetValueOrDefault(delta.District) < sequence && !delta.Delta.IsEmpty)
            yield return new LaneCommand.ApplyDelta(delta.District, delta.Delta);
    }

    /// <summary>The end of the journal: the slices that are left.</summary>
    /// <param name="sequence">The last batch.</param>
    /// <exception cref="InvalidDataException">The snapshot holds more than the journal.</exception>
    public IEnumerable<LaneCommand> End(long sequence)
    {
        foreach ((string district, long begin) in _begins)
            RequireWritten(district, begin, sequence);
        foreach (DistrictSlice slice in _later.Values.SelectMany(later => later))
        {
            RequireWritten(slice.District, slice.Sequence, sequence);
            yield return Apply(slice);
        }

        _later.Clear();
        _begins.Clear();
    }

    private Queue<DistrictSlice> LaterOf(string district)
    {
        if (!_later.TryGetValue(district, out Queue<DistrictSlice>? later))
            _later[district] = later = new Queue<DistrictSlice>();
        return later;
    }

    private static LaneCommand.ApplyDelta Apply(DistrictSlice slice) => new(slice.District, slice.State);

    /// <summary>A slice is saved when its batch is durable, so a journal that ends before it is another one, or an older copy.</summary>
    private static void RequireWritten(string district, long sliceSequence, long sequence)
    {
        if (sliceSequence > sequence)
            throw new InvalidDataException($"the snapshot holds district {district} as it was after batch {sliceSequence}, but the journal ends with batch {sequence}");
    }
}
