namespace AlertEngine.Rules.Detection.Each;

/// <summary>The state of <c>each</c> for one key: whether it fires, and the last time it matched.</summary>
internal sealed class EachState : KeyState
{
    internal bool Fires { get; set; }

    internal long LastTicks { get; set; }

    public override bool IsEmpty => !Fires;

    public override bool IsFiring => Fires;
}
