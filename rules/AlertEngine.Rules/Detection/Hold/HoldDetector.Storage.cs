using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Hold;

/// <content>The stored form.</content>
public sealed partial class HoldDetector
{
    /// <inheritdoc />
    public override void Write(KeyState state, StateWriter writer)
    {
        var hold = (HoldState)state;
        writer.Byte(FormatVersion);
        writer.Byte((byte)hold.Phase);
        writer.Signed(hold.StartTicks);
        writer.Signed(hold.LastTicks);
        writer.Signed(hold.DueTicks);
        writer.Count(options.Track.Length);
        for (int i = 0; i < options.Track.Length; i++)
            writer.Value(hold[i]);
    }

    /// <inheritdoc />
    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        HoldState hold = NewHold();
        hold.Phase = (HoldPhase)reader.Byte();
        hold.StartTicks = reader.Signed();
        hold.LastTicks = reader.Signed();
        hold.DueTicks = reader.Signed();
        int tracked = reader.Bounded(HoldOptions.TrackLimit);
        for (int i = 0; i < tracked; i++)
        {
            CelValue value = reader.Value();
            if (i < options.Track.Length)
                hold[i] = value;
        }

        return hold;
    }
}
