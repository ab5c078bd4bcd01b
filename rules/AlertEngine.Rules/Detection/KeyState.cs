using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection;

/// <summary>
/// The state of one rule for one key. What is kept is declared and bounded; a million of them live at once, so fields are few.
/// Owned by one district; not thread-safe.
/// </summary>
public abstract class KeyState
{
    /// <summary>The value of <see cref="DueTicks"/> where nothing is due.</summary>
    public const long NeverTicks = long.MaxValue;

    /// <summary>The next instant at which something happens without an event; <see cref="NeverTicks"/> for none. Kept by the detector.</summary>
    public long DueTicks { get; set; } = NeverTicks;

    /// <summary>Whether nothing worth keeping is in it, so that the owner may forget the key. Kept by the detector.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>Whether an alert opened by this key fires.</summary>
    public abstract bool IsFiring { get; }

    /// <summary>The slots of the key's last event, where some expression of the rule reads them when a timer fires; kept by the owner.</summary>
    public CelValue[]? LastEvent { get; set; }
}
