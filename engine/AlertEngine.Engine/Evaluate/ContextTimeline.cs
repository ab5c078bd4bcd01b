using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using NodaTime;

namespace AlertEngine.Engine.Evaluate;

/// <summary>A span of event time in which the context does not change.</summary>
/// <param name="FromTicks">Its beginning.</param>
/// <param name="UntilTicks">Its end, exclusive.</param>
/// <param name="Context">The context.</param>
/// <param name="Slots">The same as expressions read it.</param>
internal sealed record ContextSpan(long FromTicks, long UntilTicks, DistrictContext Context, CelValue[] Slots);

/// <summary>
/// The context of a district as a function of event time: what the city file says of each local day, and over it the changes that somebody
/// made. A function of time and not a present state, because events of different lateness are evaluated at different times, each by the context
/// of its own. Owned by one district; not thread-safe.
/// </summary>
internal sealed class ContextTimeline
{
    /// <summary>More changes are folded into one from the oldest on: nobody asks for the context of so long ago.</summary>
    private const int ChangeLimit = 256;

    /// <summary>So many alerts at most hold a mode from before all other changes; of more of them the latest do.</summary>
    public const int HoldLimit = 1_000;

    /// <summary>The first instant that has a context of its own: a lane whose inputs have brought nothing yet has no time.</summary>
    public static readonly long EarliestTicks = Instant.FromUtc(1900, 1, 1, 0, 0).ToUnixTimeTicks();

    // Far from where calendars and additions of durations end.
    private static readonly long LatestTicks = Instant.FromUtc(9000, 1, 1, 0, 0).ToUnixTimeTicks();

    private readonly CityModel _city;
    private readonly List<ContextChange> _changes = [];
    private ContextSpan? _span;

    public ContextTimeline(CityModel city) => _city = city;

    /// <summary>The changes in the order of their instants.</summary>
    public IReadOnlyList<ContextChange> Changes => _changes;

    /// <summary>The span that an instant of event time lies in.</summary>
    public ContextSpan At(long ticks)
    {
        if (_span is null || ticks < _span.FromTicks || ticks >= _span.UntilTicks)
            _span = SpanOf(ticks);
        return _span;
    }

    /// <summary>The next instant after this one at which the context may change.</summary>
    public long NextChangeAfter(long ticks) => At(ticks).UntilTicks;

    /// <summary>From when on, at or after an instant, a mode holds as far as is known; null: never.</summary>
    public long? ModeFrom(string mode, long fromTicks)
    {
        if (At(fromTicks).Context.Mode == mode)
            return fromTicks;
        foreach (ContextChange change in _changes)
        {
            if (change.EffectiveAtTicks > fromTicks && change.ConcernsMode && Look(change.EffectiveAtTicks).Context.Mode == mode)
                return change.EffectiveAtTicks;
        }

        return null;
    }

    /// <summary>The mode that an alert was last known to hold; null: none.</summary>
    public string? HeldBy(string holder)
    {
        for (int i = _changes.Count - 1; i >= 0; i--)
        {
            foreach (ModeHold hold in _changes[i].Holds)
            {
                if (hold.Holder == holder)
                    return hold.Mode;
            }
        }

        return null;
    }

    /// <summary>Whether the mode or the scenes can change at all.</summary>
    public bool CanChange => _changes.Count > 0 || _city.Scenes.Count > 0;

    /// <summary>The context of an instant, apart from the span that evaluation stands in.</summary>
    public ContextSpan Look(long ticks) => _span is { } span && ticks >= span.FromTicks && ticks < span.UntilTicks ? span : SpanOf(ticks);

    /// <summary>Takes a change in; one at the instant of another comes after it.</summary>
    public void Add(ContextChange change)
    {
        int place = _changes.Count;
        while (place > 0 && _changes[place - 1].EffectiveAtTicks > change.EffectiveAtTicks)
            place--;
        _changes.Insert(place, change);
        if (_changes.Count > ChangeLimit)
        {
            ContextChange oldest = _changes[0].Then(_changes[1]);
            _changes[1] = oldest with { Holds = [.. oldest.Holds.Where(hold => hold.Mode is not null).TakeLast(HoldLimit)] };
            _changes.RemoveAt(0);
        }

        _span = null;
    }

    /// <summary>Replaces all changes, in the order of their instants.</summary>
    public void Restore(IEnumerable<ContextChange> changes)
    {
        _changes.Clear();
        _changes.AddRange(changes);
        _span = null;
    }

    private ContextSpan SpanOf(long ticks)
    {
        ticks = Math.Clamp(ticks, EarliestTicks, LatestTicks);
        LocalDate day = Instant.FromUnixTimeTicks(ticks).InZone(_city.Zone).Date;
        long fromTicks = StartOf(day), untilTicks = StartOf(day.PlusDays(1));
        var standing = new ContextChange(long.MinValue, null, null, null, null);
        foreach (ContextChange change in _changes)
        {
            if (change.EffectiveAtTicks > ticks)
            {
                untilTicks = Math.Min(untilTicks, change.EffectiveAtTicks);
                break;
            }

            standing = standing.Then(change);
            fromTicks = Math.Max(fromTicks, change.EffectiveAtTicks);
        }

        DistrictContext context = Over(CityDays.ContextOf(_city, day), standing);
        return new ContextSpan(fromTicks, untilTicks, context, context.ToSlots(_city.Zone.Id));
    }

    private long StartOf(LocalDate day) => _city.Zone.AtStartOfDay(day).ToInstant().ToUnixTimeTicks();

    private static DistrictContext Over(DistrictContext day, ContextChange change) => new(
        change.ModeOver(day.Mode),
        change.Over(day.Scenes),
        change.IsHoliday ?? day.IsHoliday,
        change.IsWorkday ?? day.IsWorkday);
}
