using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Timing;

namespace AlertEngine.Rules.Detection;

/// <summary>
/// The state of one rule for one key. What is kept is declared and bounded; a million of them live at once, so fields are few, and the
/// state is its own timer: <see cref="TimerNode.DueTicks"/> is kept by the detector, the owner schedules it.
/// Owned by one district; not thread-safe.
/// </summary>
public abstract class KeyState : TimerNode
{
    // One field for both forms: eight bytes, a million times.
    private object? _lastEvent;

    /// <summary>The rule's place in the rule set, for the order of timers that are due at one instant; kept by the owner.</summary>
    public int RuleNumber { get; set; }

    /// <summary>The value of the key; kept by the owner, and set before the detector sees the state.</summary>
    public string Key { get; set; } = "";

    /// <summary>Whether nothing worth keeping is in it, so that the owner may forget the key. Kept by the detector.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>Whether an alert opened by this key fires.</summary>
    public abstract bool IsFiring { get; }

    /// <summary>The slots of the key's last event, in the batch that brought it; kept by the owner, which packs them afterwards.</summary>
    public CelValue[]? LastEvent
    {
        get => _lastEvent as CelValue[];
        set => _lastEvent = value;
    }

    /// <summary>What of the key's last event is read later, packed; null where it is not packed or there was none; kept by the owner.</summary>
    public byte[]? PackedLastEvent
    {
        get => _lastEvent as byte[];
        set => _lastEvent = value;
    }

    /// <summary>The next state in the owner's table of keys.</summary>
    public KeyState? NextOfKeys { get; set; }
}
