using AlertEngine.Rules.Detection.Windows;

namespace AlertEngine.Rules.Detection.Absence;

/// <summary>The state of <c>absence</c> for one member.</summary>
internal sealed class AbsenceState : KeyState
{
    private const byte FormatVersion = 1;

    /// <summary>The events that came back since it fires, where several are asked for.</summary>
    internal TimeRing Returns;

    /// <summary>What the members of the district share.</summary>
    internal StallState? Shared { get; set; }

    /// <summary>Whether it counts in the population.</summary>
    internal bool IsMember { get; set; }

    /// <summary>Whether it has sent nothing for the declared time.</summary>
    internal bool IsSilent { get; set; }

    /// <summary>Whether it is silent and held back, because the source is stalled.</summary>
    internal bool IsHeld { get; set; }

    internal bool Fires { get; set; }

    /// <summary>The last event, or the instant the silence counts from.</summary>
    internal long LastTicks { get; set; }

    /// <summary>What <see cref="LastTicks"/> was when it began to fire.</summary>
    internal long FiresFromTicks { get; set; }

    public override bool IsEmpty => !IsMember && !Fires;

    public override bool IsFiring => Fires;

    internal void Write(StateWriter writer)
    {
        writer.Byte(FormatVersion);
        writer.Byte((byte)((IsMember ? 1 : 0) | (IsSilent ? 2 : 0) | (IsHeld ? 4 : 0) | (Fires ? 8 : 0)));
        writer.Signed(LastTicks);
        writer.Signed(FiresFromTicks);
        writer.Signed(DueTicks);
        Returns.Write(writer);
    }

    internal static AbsenceState Read(StateReader reader)
    {
        byte flags = reader.Byte();
        return new AbsenceState
        {
            IsMember = (flags & 1) != 0,
            IsSilent = (flags & 2) != 0,
            IsHeld = (flags & 4) != 0,
            Fires = (flags & 8) != 0,
            LastTicks = reader.Signed(),
            FiresFromTicks = reader.Signed(),
            DueTicks = reader.Signed(),
            Returns = TimeRing.Read(reader),
        };
    }

    internal static byte Version => FormatVersion;
}
