namespace AlertEngine.Rules.Detection.Absence;

/// <summary>
/// What the members of one district share: how many there are, how many are silent, and whether the source is held to be stalled. The numbers
/// are not stored: they follow from the members' states as those join.
/// </summary>
internal sealed class StallState : KeyState
{
    /// <summary>Marks the stored form of a shared state; a member's begins with a lower number.</summary>
    internal const byte StoredMark = 0x80;

    private const byte FormatVersion = StoredMark + 1;

    // How many members fall silent at which instant. All members that do so at one instant are judged alike, whichever timer comes first.
    private readonly Dictionary<long, int> _falling = [];

    /// <summary>The members that are silent and held back.</summary>
    internal HashSet<AbsenceState> Held { get; } = [];

    internal int Members { get; private set; }

    internal int Silent { get; private set; }

    internal bool IsStalled { get; set; }

    // It is needed as long as there are keys.
    public override bool IsEmpty => false;

    public override bool IsFiring => IsStalled;

    /// <summary>The members that are silent at an instant, once all timers of it are done.</summary>
    internal int SilentAt(long ticks) => Silent + _falling.GetValueOrDefault(ticks);

    internal void Enter(AbsenceState member)
    {
        Members++;
        if (member.IsSilent)
            Silent++;
        else
            Add(member.DueTicks, 1);
        if (member.IsHeld)
            Held.Add(member);
    }

    internal void Leave(AbsenceState member)
    {
        Members--;
        if (member.IsSilent)
            Silent--;
        else
            Add(member.DueTicks, -1);
        Held.Remove(member);
    }

    internal void Write(StateWriter writer)
    {
        writer.Byte(FormatVersion);
        writer.Bool(IsStalled);
        writer.Signed(DueTicks);
    }

    internal static StallState Read(byte version, StateReader reader) => version == FormatVersion
        ? new StallState { IsStalled = reader.Bool(), DueTicks = reader.Signed() }
        : throw new InvalidDataException($"a state of format {version}, which this program does not know");

    private void Add(long ticks, int change)
    {
        int falling = _falling.GetValueOrDefault(ticks) + change;
        if (falling == 0)
            _falling.Remove(ticks);
        else
            _falling[ticks] = falling;
    }
}
