using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// The last event of each key, which expressions read when a timer fires. In the batch that brings it, it is the event's own slots; afterwards only
/// what the rule reads and an alert tells of its place, packed: 40 bytes a key instead of some 300. Owned by one district; not thread-safe.
/// </summary>
internal sealed class LastEvents
{
    private static readonly int[] PlaceSlots = [EventSlots.District, EventSlots.Street, EventSlots.Grid, EventSlots.Geo];

    private readonly string _district;
    private readonly int _slotCount;
    private readonly ImmutableArray<CompiledRule> _rules;

    // Made when a rule first keeps an event: of ten thousand rules a district runs a few.
    private readonly Kept?[] _keptOfRule;
    private readonly StateWriter _writer = new();

    /// <summary>Those of a district's rules.</summary>
    public LastEvents(RuleSet rules, string district)
    {
        _district = district;
        _slotCount = SlotCountOf(rules);
        _rules = rules.Rules;
        _keptOfRule = new Kept?[rules.Rules.Length];
    }

    /// <summary>How many slots an event has at most.</summary>
    public static int SlotCountOf(RuleSet rules) =>
        Math.Max(EventSlots.FirstField, rules.Layouts.Values.Select(layout => layout.Record.SlotCount).DefaultIfEmpty().Max());

    /// <summary>The slots of a key's last event; null where there was none.</summary>
    public CelValue[]? SlotsOf(KeyState state)
    {
        if (state.PackedLastEvent is not { } packed)
            return state.LastEvent;
        var slots = new CelValue[_slotCount];
        var reader = new StateReader(packed);
        Kept kept = Of(state.RuleNumber);
        foreach (int slot in kept.Slots)
            slots[slot] = reader.Value();
        if (slots[EventSlots.District].AsString is null)
            slots[EventSlots.District] = CelValue.Of(_district);
        if (kept.KeyIsDevice)
            slots[EventSlots.Device] = CelValue.Of(DrillKey.Unmark(state.Key));
        return slots;
    }

    /// <summary>Packs a key's last event, if it is not yet; empty where there was none.</summary>
    public ReadOnlySpan<byte> Pack(KeyState state)
    {
        if (state.LastEvent is not { } slots)
            return state.PackedLastEvent;
        _writer.Clear();
        foreach (int slot in Of(state.RuleNumber).Slots)
            _writer.Value(IsOwnDistrict(slot, slots) || slot >= slots.Length ? default : slots[slot]);
        byte[] packed = _writer.Written.ToArray();
        state.PackedLastEvent = packed;
        return packed;
    }

    private bool IsOwnDistrict(int slot, CelValue[] slots) => slot == EventSlots.District && slots[slot].AsString == _district;

    private Kept Of(int ruleNumber) => _keptOfRule[ruleNumber] ??= KeptOf(_rules[ruleNumber]);

    private Kept KeptOf(CompiledRule rule)
    {
        bool keyIsDevice = rule.KeyIsDevice.All(isDevice => isDevice);
        IEnumerable<int> read = rule.EventReads.IsDefault ? Enumerable.Range(0, _slotCount) : rule.EventReads.Append(EventSlots.Device);
        return new Kept(keyIsDevice, [.. read.Concat(PlaceSlots).Distinct().Where(slot => slot != EventSlots.Device || !keyIsDevice).Order()]);
    }

    private sealed record Kept(bool KeyIsDevice, ImmutableArray<int> Slots);
}
