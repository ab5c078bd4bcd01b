using System.IO.Hashing;
using System.Text;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// The event that a decoder has just accepted. One object is used again and again, so that an event that no rule reads leaves nothing
/// behind; <see cref="Keep"/> makes the record that lives on. Valid until the decoder's next call. Not thread-safe.
/// </summary>
public sealed class DecodedEvent : IDecodedEvent
{
    private CelValue[] _slots = new CelValue[EventSlots.FirstField];
    private byte[] _identity = new byte[256];
    private readonly TextIntern _texts;
    private byte[] _subject = new byte[64];
    private int _sourceBytes;
    private int _idBytes;
    private int _subjectBytes;
    private string? _source;
    private string? _device;

    internal DecodedEvent(TextIntern texts) => _texts = texts;

    /// <summary>The layout of the event's type; one without fields where the type is not declared.</summary>
    public EventLayout Layout { get; internal set; } = null!;

    /// <summary>CloudEvents type.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>CloudEvents source. Made when it is first asked: of an event that no rule reads nobody asks.</summary>
    public string Source => _source ??= _texts.Get(_identity.AsSpan(sizeof(int), _sourceBytes));

    /// <summary>CloudEvents subject: the device's id. Made when it is first asked; a city has so many devices that each look-up misses the cache.</summary>
    public string Device => _device ??= _texts.Get(_subject.AsSpan(0, _subjectBytes));

    /// <summary>The district's code, resolved.</summary>
    public string District { get; internal set; } = "";

    /// <summary>Street code, or empty.</summary>
    public string Street { get; internal set; } = "";

    /// <summary>Grid code, or empty.</summary>
    public string Grid { get; internal set; } = "";

    /// <summary>Event time in ticks of 100 ns since the Unix epoch.</summary>
    public long TimeTicks { get; internal set; }

    /// <summary>CAP status.</summary>
    public EventStatus Status { get; internal set; }

    /// <summary>How the district was found.</summary>
    public DistrictBy DistrictBy { get; internal set; }

    /// <summary>Whether the district is the polygon's although another district owns streets inside it: counted, for nobody can tell.</summary>
    public bool IsDistrictDoubtful { get; internal set; }

    /// <summary>A hash of the bytes of <c>data</c>: the same event sent again has the same, a conflict another. 0 without data.</summary>
    public ulong PayloadHash { get; internal set; }

    /// <summary>The identity of the observation where the sender declares one (<c>observationkey</c>): the same observation polled again.</summary>
    public UInt128? ObservationKey { get; internal set; }

    /// <summary>The identity of the event: a hash of source and id.</summary>
    public UInt128 Key => XxHash128.HashToUInt128(_identity.AsSpan(0, sizeof(int) + _sourceBytes + _idBytes));

    /// <summary>CloudEvents id; a new text each time it is asked.</summary>
    public string Id => Encoding.UTF8.GetString(_identity, sizeof(int) + _sourceBytes, _idBytes);

    internal EventLocation Location { get; set; }

    internal string LocationStreet { get; set; } = "";

    internal (double Longitude, double Latitude)? Position { get; set; }

    internal CelValue[] Slots => _slots;

    /// <inheritdoc />
    public bool Concerns(RuleBucket bucket) => bucket.Concerns(_slots);

    /// <summary>The event as a record of its own, safe to keep and to share.</summary>
    public EventRecord Keep()
    {
        var slots = new CelValue[Layout.Record.SlotCount];
        _slots.AsSpan(EventSlots.FirstField, slots.Length - EventSlots.FirstField).CopyTo(slots.AsSpan(EventSlots.FirstField));
        slots[EventSlots.Id] = CelValue.Of(Id);
        slots[EventSlots.Source] = CelValue.Of(Source);
        slots[EventSlots.Type] = CelValue.Of(Type);
        slots[EventSlots.Device] = CelValue.Of(Device);
        slots[EventSlots.District] = CelValue.Of(District);
        slots[EventSlots.Street] = CelValue.Of(Street);
        slots[EventSlots.Grid] = CelValue.Of(Grid);
        slots[EventSlots.Time] = CelValue.Of(Instant.FromUnixTimeTicks(TimeTicks));
        slots[EventSlots.Geo] = Position is { } at ? new GeoPoint(at.Latitude, at.Longitude).ToValue() : CelValue.Missing;
        return new EventRecord { Layout = Layout, Slots = slots, TimeTicks = TimeTicks, Status = Status };
    }

    internal void Begin()
    {
        _source = _device = null;
        District = Street = Grid = LocationStreet = "";
        Status = EventStatus.Actual;
        Location = default;
        Position = null;
        PayloadHash = 0;
        ObservationKey = null;
        IsDistrictDoubtful = false;
    }

    /// <summary>Room for the slots of <paramref name="layout"/>, empty.</summary>
    internal void UseLayout(EventLayout layout)
    {
        Layout = layout;
        int count = layout.Record.SlotCount;
        if (_slots.Length < count)
            _slots = new CelValue[count];
        _slots.AsSpan(EventSlots.FirstField, count - EventSlots.FirstField).Clear();
    }

    internal void SetSubject(ReadOnlySpan<byte> subject)
    {
        if (_subject.Length < subject.Length)
            _subject = new byte[subject.Length * 2];
        subject.CopyTo(_subject);
        _subjectBytes = subject.Length;
    }

    /// <summary>Keeps source and id as bytes, with the length of the first between, so that no other pair looks the same.</summary>
    internal void SetIdentity(ReadOnlySpan<byte> source, ReadOnlySpan<byte> id)
    {
        int length = sizeof(int) + source.Length + id.Length;
        if (_identity.Length < length)
            _identity = new byte[length * 2];
        BitConverter.TryWriteBytes(_identity, source.Length);
        source.CopyTo(_identity.AsSpan(sizeof(int)));
        id.CopyTo(_identity.AsSpan(sizeof(int) + source.Length));
        _sourceBytes = source.Length;
        _idBytes = id.Length;
    }
}
