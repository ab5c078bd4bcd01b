using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Bundles;

/// <summary>So many orders at an instant of people's time.</summary>
internal readonly record struct Spent(long AtTicks, int Orders);

/// <summary>
/// How many orders each rule of one district sent of late: what its flood budget has left. Knows which rules changed since the last batch. Not
/// thread-safe.
/// </summary>
internal sealed class FloodBudget
{
    /// <summary>Budgets up to this are kept to the instant; of greater ones, orders closer together than this part of the time are one entry.</summary>
    public const int EntryLimit = 4_096;

    private readonly Dictionary<string, List<Spent>> _byKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, List<Spent>> All => _byKey;

    public IReadOnlyCollection<string> Changed => _changed;

    /// <summary>Drills have a budget of their own: they never take what a real incident needs.</summary>
    public static string KeyOf(Alert alert) => $"storm|{alert.RuleId}|{Words.Of(alert.EventStatus)}";

    /// <summary>Whether nothing is left at an instant: the time counts half-open, so an order is free again exactly <c>per</c> after it was sent.</summary>
    public bool IsSpent(string key, FloodPlan plan, long atTicks)
    {
        if (!_byKey.TryGetValue(key, out List<Spent>? entries))
            return false;
        long fromTicks = atTicks - (long)plan.Per.TotalTicks;
        long orders = 0;
        for (int i = entries.Count - 1; i >= 0 && orders < plan.Budget; i--)
            orders += entries[i].AtTicks > fromTicks ? entries[i].Orders : 0;
        return orders >= plan.Budget;
    }

    /// <summary>Takes orders that were sent.</summary>
    public void Spend(string key, FloodPlan plan, long atTicks, int orders)
    {
        if (orders == 0)
            return;
        if (!_byKey.TryGetValue(key, out List<Spent>? entries))
            _byKey[key] = entries = [];
        long perTicks = (long)plan.Per.TotalTicks;
        entries.RemoveAll(entry => entry.AtTicks <= atTicks - perTicks);
        bool isCoarse = plan.Budget > EntryLimit;
        if (isCoarse && entries is [.., var last] && atTicks - last.AtTicks < perTicks / EntryLimit)
            entries[^1] = last with { Orders = last.Orders + orders };
        else
            entries.Add(new Spent(atTicks, orders));
        _changed.Add(key);
    }

    public void Restore(string key, IEnumerable<Spent> entries) => _byKey[key] = [.. entries];

    public void MarkSaved() => _changed.Clear();

    public void Clear()
    {
        _byKey.Clear();
        _changed.Clear();
    }
}
