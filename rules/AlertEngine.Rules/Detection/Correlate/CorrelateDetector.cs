using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Detection.Correlate;

/// <summary>
/// <c>correlate</c>: fires when members of enough different kinds have gathered around a first one, in time and space. An event joins the
/// oldest group that it fits, or begins one.
/// </summary>
public sealed partial class CorrelateDetector : Detector
{
    private readonly CorrelateOptions _options;

    /// <summary>The detector that the block describes.</summary>
    /// <exception cref="ArgumentException">It has more kinds than <see cref="CorrelateOptions.KindLimit"/>, or none.</exception>
    public CorrelateDetector(CorrelateOptions options)
    {
        if (options.AnyOf.Length is 0 or > CorrelateOptions.KindLimit)
            throw new ArgumentException("a correlation has 1 to 32 kinds of members", nameof(options));
        _options = options;
    }

    /// <inheritdoc />
    public override string Kind => "correlate";

    /// <inheritdoc />
    public override CelRecordType? Names => CorrelateNames.Record;

    /// <inheritdoc />
    public override int SourceCount => _options.AnyOf.Length;

    /// <inheritdoc />
    public override long ReachTicks(CelFrame frame) => _options.Within.TryRead(frame, out long ticks) ? ticks : 0;

    /// <inheritdoc />
    public override KeyState NewState() => new CorrelateState();

    /// <inheritdoc />
    public override EventInterest InterestIn(uint sources, CelFrame frame, IDetectionSink sink)
    {
        uint unjudged = 0;
        bool isMember = KindsOf(sources, frame, ref unjudged) != 0;
        if (unjudged != 0)
            sink.CountError();
        return isMember ? EventInterest.Begins : EventInterest.None;
    }

    /// <inheritdoc />
    public override void OnEvent(KeyState state, uint sources, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        var correlate = (CorrelateState)state;
        uint unjudged = 0;
        uint kinds = KindsOf(sources, frame, ref unjudged);
        if (kinds == 0 || !TryLocate(@event, frame, sink, out GeoPoint? at, out double radiusMeters))
            return;
        if (!_options.Within.TryRead(frame, out long withinTicks))
        {
            sink.CountError();
            return;
        }

        CorrelateGroup? group = correlate.Groups.Find(candidate => Fits(candidate, @event.TimeTicks, at, withinTicks, radiusMeters))
            ?? Begin(correlate, @event, at, withinTicks, sink);
        if (group is not null)
            Join(group, kinds, @event, frame, sink);
        correlate.SetDue();
    }

    /// <inheritdoc />
    public override void OnTimer(KeyState state, long dueTicks, CelFrame frame, IDetectionSink sink)
    {
        var correlate = (CorrelateState)state;
        foreach (CorrelateGroup group in correlate.Groups)
        {
            if (group.Fires && group.EndsTicks <= dueTicks)
                Tell(DetectedKind.Cleared, group, dueTicks, null, frame, sink);
        }

        correlate.Groups.RemoveAll(group => group.EndsTicks <= dueTicks);
        correlate.SetDue();
    }

    private uint KindsOf(uint sources, CelFrame frame, ref uint unjudged)
    {
        uint kinds = 0;
        for (int i = 0; i < _options.AnyOf.Length; i++)
        {
            if ((sources >> i & 1) == 0)
                continue;
            CelCondition? when = _options.AnyOf[i].When;
            if (when is null || when.IsTrue(frame))
                kinds |= 1u << i;
            else if (!when.IsFalse(frame))
                unjudged |= 1u << i;
        }

        return kinds;
    }

    // Where a radius is declared, an event without a position cannot be judged.
    private bool TryLocate(EventRecord @event, CelFrame frame, IDetectionSink sink, out GeoPoint? at, out double radiusMeters)
    {
        at = null;
        radiusMeters = 0;
        if (_options.Radius is not { } radius)
            return true;
        at = _options.Near is null ? @event.Geo : _options.Near(frame).Reference as GeoPoint;
        if (at is not null && radius.TryRead(frame, out radiusMeters))
            return true;
        sink.CountError();
        return false;
    }

    private static bool Fits(CorrelateGroup group, long atTicks, GeoPoint? at, long withinTicks, double radiusMeters)
    {
        // A late event may be older than the first member; it is within all the same if it is near enough in time.
        bool isInTime = atTicks >= group.FirstTicks - withinTicks && (group.Fires || atTicks <= group.FirstTicks + withinTicks);
        return isInTime && (at is null || group.FirstAt is null || GreatCircle.Meters(group.FirstAt, at) <= radiusMeters);
    }

    private static CorrelateGroup? Begin(CorrelateState state, EventRecord @event, GeoPoint? at, long withinTicks, IDetectionSink sink)
    {
        if (state.Groups.Count >= CorrelateOptions.GroupLimit)
        {
            sink.CountOverflow();
            return null;
        }

        var group = new CorrelateGroup
        {
            FirstSource = @event.Source,
            FirstId = @event.Id,
            FirstTicks = @event.TimeTicks,
            FirstAt = at,
            LastTicks = @event.TimeTicks,
            EndsTicks = @event.TimeTicks + withinTicks,
        };
        state.Groups.Add(group);
        return group;
    }

    private void Join(CorrelateGroup group, uint kinds, EventRecord @event, CelFrame frame, IDetectionSink sink)
    {
        group.Kinds |= kinds;
        group.Members++;
        group.LastTicks = Math.Max(group.LastTicks, @event.TimeTicks);
        if (!_options.AtLeast.TryRead(frame, out long atLeast) || !_options.Quiet.TryRead(frame, out long quietTicks))
        {
            sink.CountError();
            return;
        }

        bool fired = group.Fires;
        group.Fires = fired || group.KindCount >= atLeast;
        if (!group.Fires)
            return;
        group.EndsTicks = group.LastTicks + quietTicks;
        Tell(fired ? DetectedKind.Updated : DetectedKind.Opened, group, @event.TimeTicks, @event, frame, sink);
    }

    private static void Tell(DetectedKind kind, CorrelateGroup group, long atTicks, EventRecord? @event, CelFrame frame, IDetectionSink sink)
    {
        CelValue[] names = frame.Records[FrameRecords.Detector];
        names[CorrelateNames.KindsSlot] = CelValue.Of((long)group.KindCount);
        names[CorrelateNames.MembersSlot] = CelValue.Of((long)group.Members);
        names[CorrelateNames.FirstSlot] = CelValue.Of(group.FirstId);
        sink.Take(new Detected(kind, atTicks, group.Instance, @event?.Source, @event?.Id, ClearReason.Quiet, group.Members));
    }
}
