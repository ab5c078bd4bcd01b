using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>What a district knows of the city's state during a span of event time: <c>ctx</c> of expressions. Immutable.</summary>
/// <param name="Mode">The mode: <c>normal</c>, <c>emergency</c>.</param>
/// <param name="Scenes">The scenes that are on.</param>
/// <param name="IsHoliday">Whether the day is a public holiday.</param>
/// <param name="IsWorkday">Whether the day is worked, make-up days included.</param>
public sealed record DistrictContext(string Mode, ImmutableArray<string> Scenes, bool IsHoliday, bool IsWorkday)
{
    /// <summary>The slots of the record <see cref="ContextRecord"/>.</summary>
    public CelValue[] ToSlots(string zoneId)
    {
        var slots = new CelValue[ContextRecord.Type.SlotCount];
        slots[ContextRecord.Mode] = CelValue.Of(Mode);
        slots[ContextRecord.Scenes] = CelValue.List([.. Scenes.Select(CelValue.Of)]);
        slots[ContextRecord.Holiday] = CelValue.Of(IsHoliday);
        slots[ContextRecord.Workday] = CelValue.Of(IsWorkday);
        slots[ContextRecord.Zone] = CelValue.Of(zoneId);
        return slots;
    }
}

/// <summary>A switch of the context by command or by a test: what is null stays as it was. Immutable.</summary>
/// <param name="EffectiveAtTicks">From when on, in event time: events before it are judged by what was before.</param>
/// <param name="Mode">The mode.</param>
/// <param name="Scenes">The scenes that are on, all of them; the calendar's no longer count.</param>
/// <param name="IsHoliday">Whether it is a holiday, whatever the calendar says.</param>
/// <param name="IsWorkday">Whether it is a workday, likewise; null with a given <paramref name="IsHoliday"/>: the opposite of that.</param>
public sealed record ContextChange(long EffectiveAtTicks, string? Mode, ImmutableArray<string>? Scenes, bool? IsHoliday, bool? IsWorkday)
{
    /// <summary>Scenes that were started or stopped by hand, over those of the calendar, each once.</summary>
    public ImmutableArray<SceneSwitch> Switches { get; init; } = [];

    /// <summary>Alerts that began to hold a mode, or ceased to, each once.</summary>
    public ImmutableArray<ModeHold> Holds { get; init; } = [];

    /// <summary>Whether it concerns the mode.</summary>
    public bool ConcernsMode => Mode is not null || !Holds.IsEmpty;

    /// <summary>This change with a later one over it.</summary>
    public ContextChange Then(ContextChange later) => new(
        later.EffectiveAtTicks,
        later.Mode ?? Mode,
        later.Scenes ?? Scenes,
        later.IsHoliday ?? IsHoliday,
        later.IsWorkday ?? (later.IsHoliday is { } isHoliday ? !isHoliday : IsWorkday))
    {
        Switches = later.Scenes is null ? [.. Switches.Where(former => later.Switches.All(next => next.Scene != former.Scene)), .. later.Switches] : later.Switches,
        // What a person orders ends what alerts held before; those that begin afterwards count again.
        Holds = later.Mode is null ? [.. Holds.Where(former => later.Holds.All(next => next.Holder != former.Holder)), .. later.Holds] : later.Holds,
    };

    /// <summary>The mode of a day with this change over it: that of the alert that began to hold one last, else the ordered one.</summary>
    public string ModeOver(string modeOfDay)
    {
        for (int i = Holds.Length - 1; i >= 0; i--)
        {
            if (Holds[i].Mode is { } held)
                return held;
        }

        return Mode ?? modeOfDay;
    }

    /// <summary>The scenes of a day with this change over them.</summary>
    public ImmutableArray<string> Over(ImmutableArray<string> scenesOfDay)
    {
        ImmutableArray<string> scenes = Scenes ?? scenesOfDay;
        return Switches.IsEmpty ? scenes
            : [.. scenes.Where(scene => Switches.All(one => one.Scene != scene)).Concat(Switches.Where(one => one.IsOn).Select(one => one.Scene)).Order(StringComparer.Ordinal)];
    }
}

/// <summary>A scene that was started or stopped by hand.</summary>
/// <param name="Scene">Its word.</param>
/// <param name="IsOn">Whether it was started.</param>
public readonly record struct SceneSwitch(string Scene, bool IsOn);

/// <summary>An alert that holds a mode of its district.</summary>
/// <param name="Holder">The rule with the key, and the incident where a key has several.</param>
/// <param name="Mode">The mode; null: it holds none any more.</param>
public readonly record struct ModeHold(string Holder, string? Mode);
