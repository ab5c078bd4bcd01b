using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Hold;

/// <summary>How far a hold is.</summary>
internal enum HoldPhase : byte
{
    /// <summary>Nothing is known.</summary>
    Idle = 0,

    /// <summary>Seen true since t₀.</summary>
    Pending,

    /// <summary>It fires.</summary>
    Firing,

    /// <summary>It fires, and the clearing is pending.</summary>
    Clearing,
}

/// <summary>
/// The state of <c>hold</c> for one key, without tracked values. The start of a pending clearing is not kept: the due instant says all of it.
/// </summary>
internal class HoldState : KeyState
{
    internal HoldPhase Phase { get; set; }

    /// <summary>t₀: when it was first seen true.</summary>
    internal long StartTicks { get; set; }

    /// <summary>The last sample.</summary>
    internal long LastTicks { get; set; }

    public override bool IsEmpty => Phase == HoldPhase.Idle;

    public override bool IsFiring => Phase >= HoldPhase.Firing;

    /// <summary>A tracked value; missing until there is one.</summary>
    internal virtual CelValue this[int track]
    {
        get => default;
        set { }
    }

    internal void Forget()
    {
        Phase = HoldPhase.Idle;
        DueTicks = NeverTicks;
        ForgetTracked();
    }

    private protected virtual void ForgetTracked()
    {
    }
}
