using System.Buffers.Binary;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Deduplicate;

/// <summary>
/// The recent keys of a lane with where they were read and what they carried. Admission order decides what is forgotten, never a clock, so
/// that recovery ends with the same window. Keys are 128-bit hashes: a ring of flat entries with chains through it holds one in 48 bytes,
/// a tenth of what texts in a dictionary would take. Not thread-safe.
/// </summary>
public sealed class EventWindow : IEventWindow
{
    private const int EncodedKeyBytes = 24;
    private const int None = -1;

    private readonly int _maxKeys;
    private Entry[] _ring = [];
    private int[] _heads = [];
    private int _oldest;

    /// <summary>An empty window.</summary>
    public EventWindow(WindowOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxKeys, 1);
        _maxKeys = options.MaxKeys;
        Resize(Math.Clamp(options.ExpectedKeys, 1, _maxKeys));
    }

    /// <summary>How many keys are remembered; never above <see cref="WindowOptions.MaxKeys"/>.</summary>
    public int Count { get; private set; }

    /// <inheritdoc />
    public WindowVerdict Judge(UInt128 key, ulong payloadHash, Coordinate at)
    {
        int found = Find(key);
        if (found == None)
            return WindowVerdict.New;
        ref readonly Entry seen = ref _ring[found];
        if (seen.At == at)
            return WindowVerdict.OwnReplay;
        return seen.PayloadHash == payloadHash ? WindowVerdict.Duplicate : WindowVerdict.Conflict;
    }

    /// <inheritdoc />
    public WindowVerdict Admit(UInt128 key, ulong payloadHash, Coordinate at)
    {
        WindowVerdict verdict = Judge(key, payloadHash, at);
        if (verdict == WindowVerdict.New)
            Add(new Entry(key, payloadHash, at));
        return verdict;
    }

    /// <inheritdoc />
    public void Remember(UInt128 key, ulong payloadHash, Coordinate at)
    {
        if (Find(key) == None)
            Add(new Entry(key, payloadHash, at));
    }

    /// <inheritdoc />
    public void Recreated(int input)
    {
        for (int i = 0; i < Count; i++)
        {
            ref Entry entry = ref _ring[PlaceOf(i)];
            if (entry.At.Input == input)
                entry.At = new Coordinate(input, IInputPort.Earliest);
        }
    }

    /// <inheritdoc />
    public void Encode(StateWriter writer)
    {
        Span<byte> fixedPart = stackalloc byte[EncodedKeyBytes];
        writer.Count(Count);
        long offsetBefore = 0;
        for (int i = 0; i < Count; i++)
        {
            ref readonly Entry entry = ref _ring[PlaceOf(i)];
            BinaryPrimitives.WriteUInt128LittleEndian(fixedPart, entry.Key);
            BinaryPrimitives.WriteUInt64LittleEndian(fixedPart[16..], entry.PayloadHash);
            writer.Bytes(fixedPart);
            writer.Count(entry.At.Input);
            writer.Signed(entry.At.Offset - offsetBefore);
            offsetBefore = entry.At.Offset;
        }
    }

    /// <inheritdoc />
    public void Restore(StateReader reader)
    {
        Count = 0;
        _oldest = 0;
        Array.Fill(_heads, None);
        int count = reader.Count();
        long offset = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> fixedPart = reader.Bytes().Span;
            if (fixedPart.Length != EncodedKeyBytes)
                throw new InvalidDataException("a key of the window has a wrong length");
            int input = reader.Count();
            offset += reader.Signed();
            Remember(BinaryPrimitives.ReadUInt128LittleEndian(fixedPart), BinaryPrimitives.ReadUInt64LittleEndian(fixedPart[16..]), new Coordinate(input, offset));
        }
    }

    private int Find(UInt128 key)
    {
        for (int place = _heads[BucketOf(key)]; place != None; place = _ring[place].Next)
        {
            if (_ring[place].Key == key)
                return place;
        }

        return None;
    }

    private void Add(Entry entry)
    {
        if (Count == _maxKeys)
            ForgetOldest();
        else if (Count == _ring.Length)
            Resize(Math.Min(_ring.Length * 2, _maxKeys));
        int place = PlaceOf(Count++);
        ref int head = ref _heads[BucketOf(entry.Key)];
        entry.Next = head;
        head = place;
        _ring[place] = entry;
    }

    private void ForgetOldest()
    {
        ref int link = ref _heads[BucketOf(_ring[_oldest].Key)];
        while (link != _oldest)
            link = ref _ring[link].Next;
        link = _ring[_oldest].Next;
        _oldest = PlaceOf(1);
        Count--;
    }

    private void Resize(int capacity)
    {
        var ring = new Entry[capacity];
        for (int i = 0; i < Count; i++)
            ring[i] = _ring[PlaceOf(i)];
        _ring = ring;
        _oldest = 0;
        _heads = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity)];
        Array.Fill(_heads, None);
        for (int place = 0; place < Count; place++)
        {
            ref int head = ref _heads[BucketOf(_ring[place].Key)];
            _ring[place].Next = head;
            head = place;
        }
    }

    private int BucketOf(UInt128 key) => (int)(uint)key & (_heads.Length - 1);

    private int PlaceOf(int age)
    {
        int place = _oldest + age;
        return place < _ring.Length ? place : place - _ring.Length;
    }

    private struct Entry(UInt128 key, ulong payloadHash, Coordinate at)
    {
        internal readonly UInt128 Key = key;
        internal readonly ulong PayloadHash = payloadHash;
        internal Coordinate At = at;
        internal int Next = None;
    }
}
