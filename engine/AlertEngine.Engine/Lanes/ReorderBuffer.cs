using System.Runtime.InteropServices;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <summary>An event that waits in one lateness class.</summary>
/// <param name="At">Where it was read.</param>
/// <param name="Event">The event.</param>
/// <param name="Bucket">The rules that may care.</param>
/// <param name="ClassNumber">The class.</param>
internal readonly record struct WaitingEvent(Coordinate At, EventRecord Event, RuleBucket Bucket, int ClassNumber);

/// <summary>
/// The reorder buffers of all lateness classes, in one queue: an event may go when the front is above its time plus its class's lateness, and
/// that sum orders them all, so that a district's steps never step back. Not thread-safe.
/// </summary>
/// <param name="ordersAll">Whether a class without lateness is put in order too, because several lanes send and none waits for another.</param>
internal sealed class ReorderBuffer(bool ordersAll = false)
{
    private readonly PriorityQueue<WaitingEvent, ReleaseKey> _queue = new();
    private readonly Dictionary<(int ClassNumber, string Device), Waiting> _byDevice = [];

    /// <summary>How many wait.</summary>
    public int Count => _queue.Count;

    /// <summary>
    /// Puts an arriving event into its class; where it need not or cannot wait there, how it stands to the watermark. Behind the watermark an
    /// event is beyond its lateness where its own device has gone on by more than that: a device is the finest stream there is, and is never
    /// waited for longer than was promised. Otherwise it may still be in order, because the watermark went on with others.
    /// </summary>
    public Punctuality? Place(in WaitingEvent arriving, long latenessTicks, long frontTicks)
    {
        long watermarkEnd = arriving.Event.TimeTicks + latenessTicks;
        if (latenessTicks == 0 && (watermarkEnd < frontTicks || !ordersAll))
            return watermarkEnd < frontTicks ? Punctuality.Late : Punctuality.InTime;
        if (watermarkEnd < frontTicks)
            return _byDevice.TryGetValue((arriving.ClassNumber, arriving.Event.Device), out Waiting later) && later.NewestTicks > watermarkEnd ? Punctuality.Late : Punctuality.Behind;
        Add(arriving, latenessTicks);
        return null;
    }

    /// <summary>Puts an event into a class.</summary>
    public void Add(in WaitingEvent waiting, long latenessTicks)
    {
        _queue.Enqueue(waiting, new ReleaseKey(waiting.Event.TimeTicks + latenessTicks, waiting));
        ref Waiting device = ref CollectionsMarshal.GetValueRefOrAddDefault(_byDevice, (waiting.ClassNumber, waiting.Event.Device), out bool isKnown);
        device = new Waiting(device.Count + 1, isKnown ? Math.Max(device.NewestTicks, waiting.Event.TimeTicks) : waiting.Event.TimeTicks);
    }

    /// <summary>Takes the next event that may go below the front, and the front at which it may: exactly its time plus its lateness.</summary>
    public bool TryRelease(long frontTicks, out WaitingEvent released, out long releaseTicks)
    {
        if (_queue.TryPeek(out released, out ReleaseKey key) && key.Ticks < frontTicks)
        {
            _queue.Dequeue();
            Forget(released);
            releaseTicks = key.Ticks;
            return true;
        }

        releaseTicks = 0;
        return false;
    }

    // A class releases in order of time, so a device's newest event leaves last and stays its newest until then.
    private void Forget(in WaitingEvent released)
    {
        (int, string) device = (released.ClassNumber, released.Event.Device);
        Waiting waiting = _byDevice[device];
        if (waiting.Count == 1)
            _byDevice.Remove(device);
        else
            _byDevice[device] = waiting with { Count = waiting.Count - 1 };
    }

    /// <summary>What of one device waits in one class.</summary>
    private readonly record struct Waiting(int Count, long NewestTicks);

    /// <summary>Everything that waits, in no order.</summary>
    public IEnumerable<BufferedEvent> Entries() =>
        _queue.UnorderedItems.Select(item => new BufferedEvent(item.Element.At, item.Element.Event.TimeTicks, 1u << item.Element.ClassNumber));

    /// <summary>Release, class, then (source, id) at one instant; the coordinate only where a window has forgotten a repeat.</summary>
    private readonly struct ReleaseKey(long ticks, WaitingEvent waiting) : IComparable<ReleaseKey>
    {
        public long Ticks => ticks;

        private readonly WaitingEvent _waiting = waiting;

        public int CompareTo(ReleaseKey other)
        {
            int order = ticks.CompareTo(other.Ticks);
            return order != 0 ? order : CompareAtOneInstant(_waiting, other._waiting);
        }

        private static int CompareAtOneInstant(in WaitingEvent a, in WaitingEvent b)
        {
            int order = a.ClassNumber.CompareTo(b.ClassNumber);
            if (order == 0)
                order = string.CompareOrdinal(a.Event.Source, b.Event.Source);
            if (order == 0)
                order = string.CompareOrdinal(a.Event.Id, b.Event.Id);
            if (order == 0)
                order = a.At.Input.CompareTo(b.At.Input);
            return order != 0 ? order : a.At.Offset.CompareTo(b.At.Offset);
        }
    }
}
