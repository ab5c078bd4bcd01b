using System.Collections.Immutable;

namespace AlertEngine.Engine.Evaluate;

/// <summary>What became of the context of a district at an instant.</summary>
/// <param name="AtTicks">The instant, in event time.</param>
/// <param name="Former">The mode and scenes before.</param>
/// <param name="Now">The mode and scenes from then on.</param>
internal sealed record ContextTurn(long AtTicks, DistrictContext Former, DistrictContext Now)
{
    /// <summary>Scenes that began.</summary>
    public IEnumerable<string> Started => Now.Scenes.Except(Former.Scenes);

    /// <summary>Scenes that ended.</summary>
    public IEnumerable<string> Ended => Former.Scenes.Except(Now.Scenes);

    /// <summary>Whether the mode was switched.</summary>
    public bool IsModeSwitched => Now.Mode != Former.Mode;
}

/// <summary>
/// Walks along the context of a district behind all lateness classes, so that each switch of the mode, each beginning and end of a scene is told
/// once, when everything before it has been judged. Owned by one district; not thread-safe.
/// </summary>
internal sealed class ContextWatch(ContextTimeline timeline, long slowestClassTicks)
{
    private DistrictContext _told = new("", [], false, false);
    private long _nextTicks = long.MaxValue;

    /// <summary>Up to which instant it has walked; null before it begins.</summary>
    public long? ReachedTicks { get; private set; }

    /// <summary>The mode and scenes that were told last.</summary>
    public DistrictContext Told => _told;

    /// <summary>The front at which the next step is due; <see cref="long.MaxValue"/> where nothing can change.</summary>
    public long NextFrontTicks => _nextTicks == long.MaxValue ? long.MaxValue : _nextTicks + slowestClassTicks;

    /// <summary>A front up to which nothing is due; likewise.</summary>
    public long NothingDueBeforeFrontTicks => _nextTicks == long.MaxValue ? long.MaxValue : NextFrontTicks - 1;

    /// <summary>Begins at an instant: what holds then is told to nobody, it did not begin.</summary>
    public void Start(long atTicks)
    {
        ReachedTicks = atTicks;
        _told = timeline.Look(atTicks).Context;
        FindNext();
    }

    /// <summary>Goes on from where another was.</summary>
    public void Restore(long reachedTicks, string mode, ImmutableArray<string> scenes)
    {
        ReachedTicks = reachedTicks;
        _told = new DistrictContext(mode, scenes, false, false);
        FindNext();
    }

    /// <summary>Takes the next step; what changed by it, or null.</summary>
    public ContextTurn? Advance()
    {
        ReachedTicks = _nextTicks;
        return Compare();
    }

    /// <summary>A change became known: what it changes of the past is told now; null where it changes nothing of it.</summary>
    public ContextTurn? Revisit() => ReachedTicks is null ? null : Compare();

    private ContextTurn? Compare()
    {
        DistrictContext former = _told;
        _told = timeline.Look(ReachedTicks!.Value).Context;
        FindNext();
        var turn = new ContextTurn(ReachedTicks.Value, former, _told);
        return turn.IsModeSwitched || !former.Scenes.SequenceEqual(_told.Scenes) ? turn : null;
    }

    private void FindNext() => _nextTicks = ReachedTicks is { } reached && timeline.CanChange ? timeline.Look(reached).UntilTicks : long.MaxValue;
}
