using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Outage;

/// <summary>
/// After an outage a lane reads what happened meanwhile. A rule that says <c>stale: { then: file }</c> sends no order for an incident that opened
/// and cleared in that time: while the lane is further behind than <c>older_than</c> its openings wait, and what still fires when the lane has
/// come up goes out. The lane's front and people's time tell how far behind it is; on the event clock nothing is, but for the outage of a test.
/// Owned by one district; not thread-safe.
/// </summary>
internal sealed class StaleStage(HeldBook held, Func<string, CompiledRule?> ruleOf, Func<string, bool> wasTold) : ISuppressor
{
    /// <summary>The word that tests and messages use.</summary>
    public const string Word = "stale";

    private readonly HashSet<string> _ruleIds = new(StringComparer.Ordinal);
    private bool _isRead;
    private long _behindTicks;
    private long _nowTicks;

    /// <summary>A front beyond which a rule's alerts may be up to date again; <see cref="long.MaxValue"/> where none waits.</summary>
    public long NextDueFrontTicks => RuleIds.Count == 0 ? long.MaxValue : Waiting().Select(plan => _nowTicks - (long)plan.OlderThan.TotalTicks).DefaultIfEmpty(long.MaxValue).Min();

    /// <inheritdoc />
    public Suppression? Decide(Alert alert, long atTicks)
    {
        if (ruleOf(alert.RuleId)?.Stale is not { IsFiledOnly: true } plan || _behindTicks <= (long)plan.OlderThan.TotalTicks || wasTold(alert.Id))
            return null;
        RuleIds.Add(alert.RuleId);
        return new Suppression(Word, alert.RuleId, $"filed: the events are older than {CelFormat.Span(plan.OlderThan)}");
    }

    /// <summary>Takes how far the lane has come.</summary>
    public void Advance(long frontTicks, long nowTicks)
    {
        _nowTicks = nowTicks;
        _behindTicks = frontTicks < ContextTimeline.EarliestTicks ? 0 : nowTicks - frontTicks;
    }

    /// <summary>The rules whose alerts waited and are up to date again. Asked when all that the front has passed is judged.</summary>
    public string[] TakeCurrent()
    {
        if (RuleIds.Count == 0)
            return [];
        string[] current = [.. RuleIds.Where(id => ruleOf(id)?.Stale is not { } plan || _behindTicks <= (long)plan.OlderThan.TotalTicks).Order(StringComparer.Ordinal)];
        _ruleIds.ExceptWith(current);
        return current;
    }

    /// <summary>The book was restored: which rules wait is to be read from it.</summary>
    public void Invalidate() => _isRead = false;

    private HashSet<string> RuleIds
    {
        get
        {
            if (_isRead)
                return _ruleIds;
            _isRead = true;
            _ruleIds.Clear();
            _ruleIds.UnionWith(held.All.Where(one => one.By == Word).Select(one => one.Alert.RuleId));
            return _ruleIds;
        }
    }

    private IEnumerable<StalePlan> Waiting() => RuleIds.Where(id => held.IsHolding(Word, id)).Select(id => ruleOf(id)?.Stale).OfType<StalePlan>();
}
