using AlertEngine.Engine.Alerts;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.RuleTests;

/// <summary>How often the parts of one rule were reached in the tests of one file.</summary>
internal sealed class RuleCounts(CompiledRule rule)
{
    public CompiledRule Rule { get; } = rule;

    /// <summary>By the place of the raise.</summary>
    public int[] Raises { get; } = new int[rule.Base.Severity.Raises.Length];

    /// <summary>By the place of the route.</summary>
    public int[] Routes { get; } = new int[rule.Base.Routes.Length];

    public int Opened { get; private set; }

    public int Shots { get; private set; }

    public int Cleared { get; private set; }

    /// <summary>Counts a change of an alert of the rule.</summary>
    public void Count(in AlertNotice notice)
    {
        if (notice.Alert.Status == AlertStatus.Shot)
            Shots++;
        else if (notice.Change == AlertChange.Opened)
            Opened++;
        else if (notice.Change == AlertChange.Cleared)
            Cleared++;
    }
}
