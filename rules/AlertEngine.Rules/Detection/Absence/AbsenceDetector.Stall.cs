using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Absence;

/// <content>What falls silent, one by one or all at once.</content>
public sealed partial class AbsenceDetector
{
    private void OnSilence(AbsenceState member, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        if (HasGone(member, dueTicks, frame))
        {
            Retire(member);
            member.DueTicks = KeyState.NeverTicks;
            Reassess(member.Shared!, dueTicks, frame, sink);
            return;
        }

        StallState shared = member.Shared!;
        bool isStall = IsStall(shared, dueTicks, frame, sink);
        Fall(member, isStall, dueTicks, frame);
        if (!isStall && !member.Fires)
        {
            member.Fires = true;
            member.FiresFromTicks = member.LastTicks;
            member.Returns = default;
            Tell(DetectedKind.Opened, member, dueTicks, frame, sink);
        }

        if (isStall != shared.IsStalled)
            Wake(shared, dueTicks, sink);
    }

    // A key that is a member because it was seen is one while elapsed ≤ the limit: it goes a tick after it.
    private bool HasGone(AbsenceState member, long dueTicks, CelFrame frame) =>
        member.IsSilent && options.Seen is { } seen && seen.TryRead(frame, out long seenTicks) && dueTicks - member.LastTicks > seenTicks;

    private void Fall(AbsenceState member, bool isStall, long dueTicks, CelFrame frame)
    {
        member.Shared!.Leave(member);
        member.IsSilent = true;
        member.IsHeld = isStall && !member.Fires;
        member.Shared.Enter(member);
        member.DueTicks = options.Seen is { } seen && seen.TryRead(frame, out long seenTicks)
            ? Math.Max(member.LastTicks + seenTicks, dueTicks) + 1
            : KeyState.NeverTicks;
    }

    private void OnStall(StallState shared, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        shared.DueTicks = KeyState.NeverTicks;
        bool isStall = IsStall(shared, dueTicks, frame, sink);
        if (isStall == shared.IsStalled)
            return;
        shared.IsStalled = isStall;
        CelValue[] names = frame.Records[FrameRecords.Detector];
        names[AbsenceNames.ElapsedSlot] = default;
        names[AbsenceNames.MemberSlot] = CelValue.Of(SharedKey);
        sink.Take(new Detected(isStall ? DetectedKind.Opened : DetectedKind.Cleared, dueTicks, "", null, null));
        if (!isStall)
            Release(shared, dueTicks, sink);
    }

    // Those held back are judged again, by their own timers at this very instant: each then has its own event and device in the frame.
    private static void Release(StallState shared, long dueTicks, IDetectionSink sink)
    {
        foreach (AbsenceState member in shared.Held)
        {
            member.DueTicks = dueTicks;
            sink.Touch(member);
        }
    }

    private void Reassess(StallState shared, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (IsStall(shared, atTicks, frame, sink) != shared.IsStalled)
            Wake(shared, atTicks, sink);
    }

    // The stall itself is judged by a timer too: more events of the instant may still change it.
    private static void Wake(StallState shared, long atTicks, IDetectionSink sink)
    {
        shared.DueTicks = atTicks;
        sink.Touch(shared);
    }

    private bool IsStall(StallState shared, long atTicks, CelFrame frame, IDetectionSink sink)
    {
        if (shared.Members < AbsenceOptions.StallMembers)
            return false;
        if (options.Stall.TryRead(frame, out double share))
            return shared.SilentAt(atTicks) > share * shared.Members;
        sink.CountError();
        return false;
    }
}
