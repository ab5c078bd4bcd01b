using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>
/// Marks the keys of drills and tests, so that they have states of their own: a simulated smoke must never hold up, open or clear what is real.
/// The mark is a control character that no key of a real event begins with.
/// </summary>
internal static class DrillKey
{
    private const char ExerciseMark = '\u0002';
    private const char TestMark = '\u0003';

    /// <summary>The key under which the state is kept.</summary>
    public static string Mark(string key, EventStatus status) => status switch
    {
        EventStatus.Exercise => ExerciseMark + key,
        EventStatus.Test => TestMark + key,
        _ => key,
    };

    /// <summary>What the events of a kept key are worth.</summary>
    public static EventStatus StatusOf(string key) => key.Length == 0 ? EventStatus.Actual : key[0] switch
    {
        ExerciseMark => EventStatus.Exercise,
        TestMark => EventStatus.Test,
        _ => EventStatus.Actual,
    };

    /// <summary>The key as people know it.</summary>
    public static string Unmark(string key) => StatusOf(key) == EventStatus.Actual ? key : key[1..];
}
