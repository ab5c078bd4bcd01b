using System.Numerics;

namespace AlertEngine.Rules.Detection.Timing;

/// <summary>
/// A hierarchical timing wheel on event time (Varghese and Lauck, 1987): eight levels of 64 slots over granules of 2^16 ticks (6.6 ms).
/// A node is linked into the level of the highest digit in which its granule differs from the wheel's position: O(1), however many wait.
/// Only the nodes of the present granule are ordered, in a small heap, so that the wheel is exact to the tick. Not thread-safe.
/// </summary>
/// <param name="ties">Orders nodes that are due at one instant. It should be total: otherwise their order depends on their history.</param>
public sealed class TimingWheel(IComparer<TimerNode> ties)
{
    private const int GranuleBits = 16;
    private const int DigitBits = 6;
    private const int SlotsPerLevel = 1 << DigitBits;
    private const int Levels = (64 - GranuleBits) / DigitBits;

    private readonly TimerNode?[] _slots = new TimerNode?[Levels * SlotsPerLevel];
    private readonly ulong[] _occupied = new ulong[Levels];
    private readonly DueHeap _ready = new(ties, Levels * SlotsPerLevel);

    // The granule up to which everything lies in the heap. All linked nodes are of later granules.
    private ulong _position;

    /// <summary>How many nodes wait.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// An instant before which nothing is due, never later than the first due instant; <see cref="TimerNode.NeverTicks"/> where nothing waits.
    /// It is exact once the first node is within its granule; before, it is the start of its slot, so that telling it costs no search.
    /// </summary>
    public long NothingDueBeforeTicks
    {
        get
        {
            if (_ready.Count > 0)
                return _ready.First.DueTicks;
            int level = LowestLevel();
            return level < 0 ? TimerNode.NeverTicks : StartTicks(SlotStart(level, FirstSlot(level)));
        }
    }

    /// <summary>Puts a node at its <see cref="TimerNode.DueTicks"/>, wherever it was before; a node that is never due is taken out.</summary>
    public void Schedule(TimerNode node)
    {
        Cancel(node);
        if (node.DueTicks == TimerNode.NeverTicks)
            return;
        Place(node);
        Count++;
    }

    /// <summary>Takes a node out. Nothing happens where it is not in the wheel.</summary>
    public void Cancel(TimerNode node)
    {
        if (!node.IsScheduled)
            return;
        if (node.Place >= _slots.Length)
            _ready.Remove(node);
        else
            Unlink(node);
        Count--;
    }

    /// <summary>Takes out the first node that is due before an instant, in the order of due instants, then of the comparer; null where there is none.</summary>
    /// <param name="beforeTicks">Exclusive: what is due at this very instant stays, because events of the instant come first.</param>
    public TimerNode? PopDue(long beforeTicks)
    {
        while (_ready.Count == 0)
        {
            int level = LowestLevel();
            if (level < 0 || StartTicks(SlotStart(level, FirstSlot(level))) >= beforeTicks)
                return null;
            Open(level, FirstSlot(level));
        }

        if (_ready.First.DueTicks >= beforeTicks)
            return null;
        TimerNode first = _ready.First;
        _ready.Remove(first);
        Count--;
        return first;
    }

    // The nodes of the slot move to lower levels, or to the heap where the slot is one granule.
    private void Open(int level, int slot)
    {
        _position = SlotStart(level, slot);
        int index = level * SlotsPerLevel + slot;
        TimerNode? node = _slots[index];
        _slots[index] = null;
        _occupied[level] &= ~(1UL << slot);
        while (node is not null)
        {
            TimerNode? next = node.Next;
            node.Next = node.Previous = null;
            Place(node);
            node = next;
        }
    }

    private void Place(TimerNode node)
    {
        ulong granule = GranuleOf(node.DueTicks);
        if (granule <= _position)
        {
            _ready.Add(node);
            return;
        }

        int level = (63 - BitOperations.LeadingZeroCount(granule ^ _position)) / DigitBits;
        int slot = (int)(granule >> (level * DigitBits)) & (SlotsPerLevel - 1);
        Link(node, level * SlotsPerLevel + slot);
        _occupied[level] |= 1UL << slot;
    }

    private void Link(TimerNode node, int index)
    {
        TimerNode? head = _slots[index];
        node.Place = index;
        node.Next = head;
        if (head is not null)
            head.Previous = node;
        _slots[index] = node;
    }

    private void Unlink(TimerNode node)
    {
        if (node.Previous is null)
            _slots[node.Place] = node.Next;
        else
            node.Previous.Next = node.Next;
        if (node.Next is not null)
            node.Next.Previous = node.Previous;
        if (_slots[node.Place] is null)
            _occupied[node.Place / SlotsPerLevel] &= ~(1UL << (node.Place % SlotsPerLevel));
        node.Next = node.Previous = null;
        node.Place = TimerNode.NoPlace;
    }

    private int LowestLevel()
    {
        for (int level = 0; level < Levels; level++)
        {
            if (_occupied[level] != 0)
                return level;
        }

        return -1;
    }

    private int FirstSlot(int level) => BitOperations.TrailingZeroCount(_occupied[level]);

    private ulong SlotStart(int level, int slot)
    {
        int shift = level * DigitBits;
        ulong above = _position >> (shift + DigitBits) << DigitBits;
        return (above | (uint)slot) << shift;
    }

    // The sign bit is turned so that instants before 1970 come first.
    private static ulong GranuleOf(long ticks) => ((ulong)ticks ^ (1UL << 63)) >> GranuleBits;

    private static long StartTicks(ulong granule) => (long)((granule << GranuleBits) ^ (1UL << 63));
}
