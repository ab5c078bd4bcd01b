using System.Collections.Frozen;
using System.IO.Hashing;
using System.Text.Unicode;
using AlertEngine.Engine.Ingest.Json;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// From the bytes of a structured CloudEvent (1.0, JSON) to typed slots, or to the reason why not. Pure: no clock, no I/O, never an exception
/// for what a stranger sends. One pass validates every byte and extracts the declared fields; see <see cref="JsonScanner"/> for what that
/// gains. Nothing is allocated for an event whose names were met before, until <see cref="DecodedEvent.Keep"/>. Not thread-safe: one a lane.
/// </summary>
public sealed class EventDecoder
{
    private readonly FrozenDictionary<string, TypePlan> _plans;
    private readonly TypePlan _undeclared;
    private readonly DistrictResolver _resolver;
    private readonly IngestOptions _options;
    private readonly TextIntern _texts;
    private readonly MemberNames _names = new();
    private readonly MemberNames _dataNames = new();
    private readonly DataReader _data;

    /// <summary>A decoder for the types that <paramref name="rules"/> declares.</summary>
    public EventDecoder(RuleSet rules, DistrictResolver resolver, IngestOptions options)
    {
        _plans = rules.Layouts.ToFrozenDictionary(pair => pair.Key, pair => new TypePlan(pair.Value), StringComparer.Ordinal);
        _undeclared = new TypePlan(new EventLayout("", new CelRecordType("event", FrameRecords.Event, EventLayout.CommonFields), []));
        _resolver = resolver;
        _options = options;
        _texts = new TextIntern(options.InternedTexts);
        Event = new DecodedEvent(_texts);
        _data = new DataReader(_texts, new MemberNames(), options.MaxDepth);
    }

    /// <summary>The event that was decoded last; meaningless after a rejection.</summary>
    public DecodedEvent Event { get; }

    /// <summary>Decodes one value. Null: accepted, and <see cref="Event"/> holds it.</summary>
    public Rejection? Decode(ReadOnlySpan<byte> value, TimeBounds bounds)
    {
        if (value.Length > _options.MaxValueBytes)
            return new(RejectionCodes.TooLarge, $"the value has {value.Length} bytes, more than the admitted {_options.MaxValueBytes}");
        if (!Utf8.IsValid(value))
            return new(RejectionCodes.InvalidUtf8, "the value is not UTF-8");
        Event.Begin();
        var json = new JsonScanner(value, _names, _options.MaxDepth);
        var attributes = default(EventAttributes);
        Rejection? rejection = ReadMembers(ref json, ref attributes);
        if (rejection is null && json.Fault == JsonFault.None)
            json.AtEnd();
        if (json.Fault != JsonFault.None)
            return JsonFaults.Describe(json.Fault, json.Position, _options.MaxDepth);
        return rejection ?? AttributeRules.Apply(attributes, bounds, _texts, Event) ?? Locate();
    }

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
            plan = attributes.Type.IsEmpty || attribute == AttributeName.DataBase64 ? null : UsePlan(attributes.Type);
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
        TypePlan plan = UsePlan(type);
        if (data.IsEmpty)
            return null;
        var json = new JsonScanner(data, _dataNames, _options.MaxDepth);
        return _data.Read(ref json, plan.Fields, Event) ? null : _data.Rejection;
    }

    private TypePlan UsePlan(ReadOnlySpan<byte> type)
    {
        Event.Type = _texts.Get(type);
        TypePlan plan = _plans.GetValueOrDefault(Event.Type, _undeclared);
        Event.UseLayout(plan.Layout);
        return plan;
    }

    private Rejection? Locate()
    {
        if (Event.Street.Length == 0)
            Event.Street = Event.LocationStreet;
        return _resolver.Resolve(Event);
    }

    private sealed record TypePlan(EventLayout Layout)
    {
        internal FieldNode Fields { get; } = FieldNode.Of(Layout);
    }
}
