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
        writer.Count(hold.Tracked?.Length ?? 0);
        foreach (CelValue value in hold.Tracked ?? [])
            writer.Value(value);
    }

    /// <inheritdoc />
    public override KeyState Read(StateReader reader)
    {
        reader.Version(FormatVersion);
        var hold = new HoldState
        {
            Phase = (HoldPhase)reader.Byte(),
            StartTicks = reader.Signed(),
            LastTicks = reader.Signed(),
            DueTicks = reader.Signed(),
        };
        int tracked = reader.Count();
        if (tracked > HoldOptions.TrackLimit)
            throw new InvalidDataException($"a hold that tracks {tracked} values");
        if (tracked > 0)
            hold.Tracked = new CelValue[options.Track.Length];
        for (int i = 0; i < tracked; i++)
        {
            CelValue value = reader.Value();
            if (i < hold.Tracked?.Length)
                hold.Tracked[i] = value;
        }

        return hold;
    }
}
