using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.Evaluate;

/// <summary>Places the records that a rule's expressions read into the frame of a district. Owned by one district; not thread-safe.</summary>
internal sealed class FrameLoader
{
    private static readonly CelValue[] Nothing = [];

    private readonly RuleSet _rules;
    private readonly EvaluationScope _scope;
    private readonly CelValue[]?[] _detectorNames;
    private readonly int _deviceGeoSlot;

    // Absent records are arrays of missing slots, so that compiled expressions read them like any other.
    private readonly CelValue[] _noDevice;
    private readonly int _eventSlotCount;

    public FrameLoader(RuleSet rules, EvaluationScope scope)
    {
        _rules = rules;
        _scope = scope;
        _detectorNames = new CelValue[]?[rules.Rules.Length];
        _deviceGeoSlot = rules.DeviceRecord.Find("geo")?.Slot ?? -1;
        _noDevice = new CelValue[rules.DeviceRecord.SlotCount];
        _eventSlotCount = LastEvents.SlotCountOf(rules);
    }

    /// <summary>Places the context of a span of event time.</summary>
    public void LoadContext(ContextSpan span) => _scope.Frame.Records[FrameRecords.Context] = span.Slots;

    /// <summary>Places an event and its device.</summary>
    public void LoadEvent(CelValue[] slots)
    {
        _scope.Frame.Records[FrameRecords.Event] = slots;
        LoadDevice(slots[EventSlots.Device].AsString ?? "");
    }

    /// <summary>What stands for the event of a key of which none is known when its timer is due: its device and the instant (RULES §10).</summary>
    public CelValue[] InstantSlots(string device, long dueTicks)
    {
        var slots = new CelValue[_eventSlotCount];
        slots[EventSlots.Device] = CelValue.Of(device);
        slots[EventSlots.Time] = CelValue.Of(Instant.FromUnixTimeTicks(dueTicks));
        return slots;
    }

    /// <summary>Places the rule, with its params and its detector's names.</summary>
    public void LoadRule(int ruleNumber, CompiledRule rule, RuleVariant variant)
    {
        _scope.Rule = rule;
        _scope.Variant = variant;
        CelValue[][] records = _scope.Frame.Records;
        records[FrameRecords.Params] = variant.Params;
        records[FrameRecords.Detector] = _detectorNames[ruleNumber] ??= rule.Detector.Names is { } names ? new CelValue[names.SlotCount] : Nothing;
    }

    private void LoadDevice(string device)
    {
        CelValue[] row = _rules.Devices.Count == 0 ? _noDevice : _rules.Devices.GetValueOrDefault(device) ?? _noDevice;
        _scope.Frame.Records[FrameRecords.Device] = row;
        _scope.DevicePoint = _deviceGeoSlot >= 0 && _deviceGeoSlot < row.Length ? GeoPoint.From(row[_deviceGeoSlot]) : null;
    }
}
