using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Detection.Absence;

/// <summary>
/// <c>absence</c>: fires for a member that has sent nothing for a time. Where more than a share of the members is silent at once, the source
/// has stalled: one alert says so, and the single ones are held back until it clears.
/// </summary>
public sealed partial class AbsenceDetector(AbsenceOptions options) : Detector, IPopulationWatch
{
    /// <inheritdoc />
    public override string Kind => "absence";

    /// <inheritdoc />
    public override CelRecordType? Names => AbsenceNames.Record;

    /// <inheritdoc />
    public override IPopulationWatch? Population => this;

    /// <inheritdoc />
    public string SharedKey => "source-stalled";

    /// <inheritdoc />
    public CelCondition? Registry => options.Registry;

    /// <inheritdoc />
    public ImmutableArray<string> List => options.List;

    /// <inheritdoc />
    public override KeyState NewState() => new AbsenceState();

    /// <inheritdoc />
    public KeyState NewShared() => new StallState();

    /// <inheritdoc />
    public override EventInterest InterestIn(uint sources, CelFrame frame, IDetectionSink sink) =>
        options.Seen is null ? EventInterest.IfKnown : EventInterest.Begins;

    /// <inheritdoc />
    public void Join(KeyState state, KeyState shared)
    {
        var member = (AbsenceState)state;
        member.Shared = (StallState)shared;
        if (member.IsMember)
            member.Shared.Enter(member);
    }

    /// <inheritdoc />
    public void Part(KeyState state)
    {
        if (state is AbsenceState { IsMember: true, Shared: { } shared } member)
            shared.Leave(member);
    }

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        long atTicks = @event.TimeTicks;
        // A device may be called like the shared state; it is no member then.
        if (state is not AbsenceState member || (member.IsMember && atTicks < member.LastTicks))
            return;
        Retire(member);
        Await(member, atTicks, frame, sink);
        if (member.Fires)
            Return(member, atTicks, frame, sink);
        Reassess(member.Shared!, atTicks, frame, sink);
    }

    /// <inheritdoc />
    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        if (state is StallState shared)
            OnStall(shared, dueTicks, frame, sink);
        else
            OnSilence((AbsenceState)state, dueTicks, frame, sink);
    }

    /// <inheritdoc />
    public void Enter(KeyState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        var member = (AbsenceState)state;
        if (member.IsMember)
            return;
        Await(member, atTicks, frame, sink);
        Reassess(member.Shared!, atTicks, frame, sink);
    }

    /// <inheritdoc />
    public void Leave(KeyState state, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        var member = (AbsenceState)state;
        Retire(member);
        member.DueTicks = KeyState.NeverTicks;
        if (member.Fires)
        {
            member.Fires = false;
            Tell(DetectedKind.Cleared, member, atTicks, frame, sink, ClearReason.Inactive);
        }

        Reassess(member.Shared!, atTicks, frame, sink);
    }

    /// <inheritdoc />
    public override void Write(KeyState state, StateWriter writer)
    {
        if (state is StallState shared)
            shared.Write(writer);
        else
            ((AbsenceState)state).Write(writer);
    }

    /// <inheritdoc />
    public override KeyState Read(StateReader reader)
    {
        byte version = reader.Byte();
        if (version >= StallState.StoredMark)
            return StallState.Read(version, reader);
        return version == AbsenceState.Version
            ? AbsenceState.Read(reader)
            : throw new InvalidDataException($"a state of format {version}, which this program does not know");
    }

    // From now on its silence counts.
    private void Await(AbsenceState member, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (member.Shared!.Members >= AbsenceOptions.MemberLimit)
        {
            sink.CountOverflow();
            return;
        }

        if (!options.For.TryRead(frame, out long forTicks))
        {
            sink.CountError();
            return;
        }

        member.LastTicks = atTicks;
        member.DueTicks = atTicks + forTicks;
        member.IsMember = true;
        member.Shared.Enter(member);
    }

    private static void Retire(AbsenceState member)
    {
        if (member.IsMember)
            member.Shared!.Leave(member);
        member.IsMember = member.IsSilent = member.IsHeld = false;
    }

    private void Return(AbsenceState member, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (!HasReturned(member, atTicks, frame, sink))
        {
            Tell(DetectedKind.Updated, member, atTicks, frame, sink);
            return;
        }

        member.Fires = false;
        member.Returns = default;
        Tell(DetectedKind.Cleared, member, atTicks, frame, sink);
    }

    private bool HasReturned(AbsenceState member, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (options.Clear is null)
            return true;
        if (!options.Clear.Events.TryRead(frame, out long events) || !options.Clear.Within.TryRead(frame, out long withinTicks))
        {
            sink.CountError();
            return false;
        }

        // Within means elapsed ≤ limit: what is older by even a tick counts no more.
        member.Returns.DropUpTo(atTicks - withinTicks - 1);
        member.Returns.Add(atTicks, AbsenceOptions.ReturnLimit);
        return member.Returns.Count >= events;
    }

    private static void Tell(
        DetectedKind kind, AbsenceState member, long atTicks, CelFrame frame, IDetectionSink sink, ClearReason reason = ClearReason.Cleared)
    {
        CelValue[] names = frame.Records[FrameRecords.Detector];
        names[AbsenceNames.ElapsedSlot] = CelValue.Of(Duration.FromTicks(atTicks - member.FiresFromTicks));
        names[AbsenceNames.MemberSlot] = CelValue.Of(member.Key);
        sink.Take(new Detected(kind, atTicks, "", null, null, reason));
    }
}
