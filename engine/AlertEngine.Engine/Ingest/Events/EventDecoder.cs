using System.IO.Hashing;
using System.Text.Unicode;
using AlertEngine.Engine.Ingest.Json;
using AlertEngine.Engine.Ingest.Shapes;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// From the bytes of a structured CloudEvent (1.0, JSON) to typed slots, or to the reason why not. Pure: no clock, no I/O, never an exception
/// for what a stranger sends. An event of a known shape is read by <see cref="ShapeReader"/>, twice as fast; any other in one pass that
/// validates every byte and extracts the declared fields, see <see cref="JsonScanner"/>. Nothing is allocated for an event whose names and
/// shape were met before, until <see cref="DecodedEvent.Keep"/>. Not thread-safe: one a lane.
/// </summary>
public sealed class EventDecoder
{
    private readonly TypePlans _plans;
    private readonly EventShapes _shapes;
    private readonly DistrictResolver _resolver;
    private readonly IngestOptions _options;
    private readonly TextIntern _texts;
    private readonly MemberNames _names = new();
    private readonly MemberNames _dataNames = new();
    private readonly DataReader _data;

    /// <summary>A decoder for the types that <paramref name="rules"/> declares.</summary>
    public EventDecoder(RuleSet rules, DistrictResolver resolver, IngestOptions options)
    {
        _resolver = resolver;
        _options = options;
        _texts = new TextIntern(options.InternedTexts);
        Event = new DecodedEvent(_texts);
        _plans = new TypePlans(rules, _texts);
        _shapes = new EventShapes(options.MaxDepth);
        _data = new DataReader(_texts, new MemberNames(), options.MaxDepth);
    }

    /// <summary>The event that was decoded last; meaningless after a rejection.</summary>
    public DecodedEvent Event { get; }

    /// <summary>How many events were read by a known shape.</summary>
    internal long KnownShapes { get; private set; }

    /// <summary>Decodes one value. Null: accepted, and <see cref="Event"/> holds it.</summary>
    public Rejection? Decode(ReadOnlySpan<byte> value, TimeBounds bounds)
    {
        if (value.Length > _options.MaxValueBytes)
            return new(RejectionCodes.TooLarge, $"the value has {value.Length} bytes, more than the admitted {_options.MaxValueBytes}");
        if (!Utf8.IsValid(value))
            return new(RejectionCodes.InvalidUtf8, "the value is not UTF-8");
        return ReadShape(value, bounds, out Rejection? rejection) ? rejection : ReadPlain(value, bounds);
    }

    private bool ReadShape(ReadOnlySpan<byte> value, TimeBounds bounds, out Rejection? rejection)
    {
        Event.Begin();
        var attributes = default(EventAttributes);
        bool isKnown = new ShapeReader(value, Event, _plans, _options.MaxAttributeBytes).Read(_shapes.First, ref attributes) is not null;
        rejection = isKnown ? Accept(attributes, bounds) : null;
        KnownShapes += isKnown ? 1 : 0;
        return isKnown;
    }

    private Rejection? ReadPlain(ReadOnlySpan<byte> value, TimeBounds bounds)
    {
        Event.Begin();
        var json = new JsonScanner(value, _names, _options.MaxDepth);
        var attributes = default(EventAttributes);
        Rejection? rejection = ReadMembers(ref json, ref attributes);
        if (rejection is null && json.Fault == JsonFault.None)
            json.AtEnd();
        if (json.Fault != JsonFault.None)
            return JsonFaults.Describe(json.Fault, json.Position, _options.MaxDepth);
        rejection ??= Accept(attributes, bounds);
        if (rejection is null)
            _shapes.Learn(value, _plans.Of(Event.Type));
        return rejection;
    }

    private Rejection? Accept(in EventAttributes attributes, TimeBounds bounds) => AttributeRules.Apply(attributes, bounds, _texts, Event) ?? Locate();

    private Rejection? ReadMembers(ref JsonScanner json, ref EventAttributes attributes)
    {
        TypePlan? plan = null;
        ReadOnlySpan<byte> unreadData = default;
        bool hasData = false;
        if (!json.EnterObject(out OpenObject opened))
            return null;
        while (json.NextMember(ref opened, out JsonText name, out _))
        {
            AttributeName attribute = EventAttributes.Identify(name.HasEscapes ? EventAttributes.Unescape(name) : name.Raw);
            if (attribute is not (AttributeName.Data or AttributeName.DataBase64))
            {
                if (AttributeReader.Read(ref json, attribute, ref attributes, _options.MaxAttributeBytes) is { } refused)
                    return refused;
                continue;
            }

            if (hasData)
                return new(RejectionCodes.InvalidAttribute, "the event has both data and data_base64");
            hasData = true;
            json.Peek();
            int from = json.Position;
            plan = attributes.Type.IsEmpty || attribute == AttributeName.DataBase64 ? null : _plans.Use(attributes.Type, Event);
            bool read = plan is null ? json.SkipValue() : _data.Read(ref json, plan.Fields, Event);
            if (!read)
                return plan is null ? null : _data.Rejection;
            Event.PayloadHash = XxHash3.HashToUInt64(json.Since(from));
            if (plan is null && attribute == AttributeName.Data)
                unreadData = json.Since(from);
        }

        return json.Fault != JsonFault.None || plan is not null ? null : ReadDataAfterwards(unreadData, attributes.Type);
    }

    /// <summary>Where the type comes after the data, or there is none, the slots are found in a second look at bytes that are already validated.</summary>
    private Rejection? ReadDataAfterwards(ReadOnlySpan<byte> data, ReadOnlySpan<byte> type)
    {
        TypePlan plan = _plans.Use(type, Event);
        if (data.IsEmpty)
            return null;
        var json = new JsonScanner(data, _dataNames, _options.MaxDepth);
        return _data.Read(ref json, plan.Fields, Event) ? null : _data.Rejection;
    }

    private Rejection? Locate()
    {
        if (Event.Street.Length == 0)
            Event.Street = Event.LocationStreet;
        return _resolver.Resolve(Event);
    }
}
