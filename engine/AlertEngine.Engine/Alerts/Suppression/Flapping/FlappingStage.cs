using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Flapping;

/// <summary>
/// Holds the alerts of a key that goes up and down too often: above the share <c>high</c> of its last 20 evaluations they are held, below
/// <c>low</c> they are free again. Owned by one district; not thread-safe.
/// </summary>
internal sealed class FlappingStage(FlapBook book) : ISuppressor
{
    /// <summary>The word that tests and messages use.</summary>
    public const string Word = "flapping";

    private const char Separator = '\u001f';

    private readonly List<string> _calmed = [];
    private bool _isNoted;

    /// <inheritdoc />
    public Suppression? Decide(Alert alert, long atTicks)
    {
        if (book.All.Count == 0)
            return null;
        string key = KeyOf(alert.RuleId, alert.Key, alert.EventStatus);
        FlapHistory history = book.Find(key);
        return history.IsFlapping
            ? new Suppression(Word, key, $"{history.ChangeCount} of the last {FlapHistory.Length} evaluations changed it")
            : null;
    }

    /// <summary>An evaluation changed the state of a key. Noted before the change is told, so that it counts in its own judgement.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="key">The key, as people know it.</param>
    /// <param name="status">What its events are worth.</param>
    /// <param name="atTicks">When it changed.</param>
    /// <param name="isByEvent">Whether an event did it, whose evaluation is noted after it; a timer's is not.</param>
    public void NoteChange(CompiledRule rule, string key, EventStatus status, long atTicks, bool isByEvent)
    {
        if (rule.Flapping is not { } plan)
            return;
        Put(KeyOf(rule.Id, key, status), isChange: true, atTicks, plan);
        _isNoted = isByEvent;
    }

    /// <summary>An event of a key has been evaluated; one that changed the state is noted already.</summary>
    public void NoteEvaluation(CompiledRule rule, string key, EventStatus status)
    {
        if (rule.Flapping is { } plan && !_isNoted)
            Put(KeyOf(rule.Id, key, status), isChange: false, 0, plan);
        _isNoted = false;
    }

    /// <summary>The keys that have become calm since the last call.</summary>
    public string[] TakeCalmed()
    {
        if (_calmed.Count == 0)
            return [];
        string[] calmed = [.. _calmed];
        _calmed.Clear();
        return calmed;
    }

    private void Put(string key, bool isChange, long atTicks, FlappingPlan plan)
    {
        FlapHistory before = book.Find(key);
        if (before.IsCalm && !isChange)
            return;
        FlapHistory after = before.Take(isChange, atTicks, plan);
        if (book.Put(key, after) is { } forgotten)
            _calmed.Add(forgotten);
        if (before.IsFlapping && !after.IsFlapping)
            _calmed.Add(key);
    }

    private static string KeyOf(string ruleId, string key, EventStatus status) => $"{ruleId}{Separator}{Words.Of(status)}{Separator}{key}";
}
