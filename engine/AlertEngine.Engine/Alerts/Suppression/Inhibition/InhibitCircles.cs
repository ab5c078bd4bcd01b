using System.Collections.Immutable;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Inhibition;

/// <summary>
/// Which rules inhibit one another in a circle, directly or through others. Alerts that all hold one another would all be silent. Rules are
/// followed only when somebody asks, because a target without rules means all of them. Not thread-safe.
/// </summary>
internal sealed class InhibitCircles(ImmutableArray<InhibitPlan> plans)
{
    private readonly Dictionary<(string From, string To), bool> _known = [];

    /// <summary>Whether the target's rule, which the source's rule inhibits, leads back to it.</summary>
    public bool AreInOne(string sourceRule, string targetRule)
    {
        if (!_known.TryGetValue((targetRule, sourceRule), out bool leads))
            _known[(targetRule, sourceRule)] = leads = Leads(targetRule, sourceRule);
        return leads;
    }

    // From inhibition to inhibition: one whose source a rule may be leads on to each whose source its target may be.
    private bool Leads(string fromRule, string toRule)
    {
        var open = new Queue<int>(Enumerable.Range(0, plans.Length).Where(plan => plans[plan].Source.Takes(fromRule)));
        var seen = new HashSet<int>(open);
        while (open.TryDequeue(out int plan))
        {
            if (plans[plan].Target.Takes(toRule))
                return true;
            foreach (int next in Enumerable.Range(0, plans.Length).Where(next => Meet(plans[plan].Target.Rules, plans[next].Source.Rules) && seen.Add(next)))
                open.Enqueue(next);
        }

        return false;
    }

    private static bool Meet(ImmutableArray<string> targets, ImmutableArray<string> sources) =>
        targets.IsEmpty || sources.IsEmpty || targets.Any(sources.Contains);
}
