namespace AlertEngine.Rules.Detection.Level;

/// <summary>The state of something that fires while a condition over a computed value holds.</summary>
internal abstract class LevelState : KeyState
{
    internal bool Fires { get; set; }

    /// <summary>When the pending clearing is due; never where none is pending.</summary>
    internal long ClearDueTicks { get; set; } = NeverTicks;

    public override bool IsFiring => Fires;

    private protected void WriteLevel(StateWriter writer)
    {
        writer.Bool(Fires);
        writer.Signed(ClearDueTicks);
        writer.Signed(DueTicks);
    }

    private protected void ReadLevel(StateReader reader)
    {
        Fires = reader.Bool();
        ClearDueTicks = reader.Signed();
        DueTicks = reader.Signed();
    }
}
