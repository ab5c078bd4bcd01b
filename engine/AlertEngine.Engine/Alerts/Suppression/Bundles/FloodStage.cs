using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Bundles;

/// <summary>
/// A rule sends at most its budget of new orders; alerts beyond it share one storm order, which speaks for them until they clear. Red always
/// passes, and what has an order already is not held: only new orders are counted. Owned by one district; not thread-safe.
/// </summary>
/// <param name="budget">What was sent of late.</param>
/// <param name="bundles">The storms, and who is in them.</param>
/// <param name="ruleOf">The rule of an id; null where it is gone.</param>
/// <param name="wasTold">Whether an alert has an order.</param>
/// <param name="timesOf">How many times its budget a rule may send at an instant, by the mode.</param>
internal sealed class FloodStage(FloodBudget budget, BundleBook bundles, Func<string, CompiledRule?> ruleOf, Func<string, bool> wasTold, Func<long, int> timesOf) : ISuppressor
{
    /// <summary>The word that tests and messages use.</summary>
    public const string Word = "flood";

    /// <inheritdoc />
    public Suppression? Decide(Alert alert, long atTicks)
    {
        if (ruleOf(alert.RuleId)?.Flood is not { } usual || alert.Severity == Severity.Red)
            return null;
        FloodPlan plan = usual with { Budget = usual.Budget * timesOf(atTicks) };
        string key = FloodBudget.KeyOf(alert);
        if (bundles.FindMember(alert.Id)?.BundleKey != key && (!NeedsAnOrder(alert) || !budget.IsSpent(key, plan, atTicks)))
            return null;
        return new Suppression(Word, key, $"in the storm order: {plan.Budget} orders in {CelFormat.Span(plan.Per)} are sent", IsFolded: true);
    }

    private bool NeedsAnOrder(Alert alert) =>
        alert.Status != AlertStatus.Cleared && !wasTold(alert.Id) && bundles.Find(alert.GroupKey) is not { Told: ToldState.Firing };
}
