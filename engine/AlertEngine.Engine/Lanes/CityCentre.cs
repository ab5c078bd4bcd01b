using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.Lanes;

/// <summary>What a rule set asks of the centre: whether there is a city lane, what it evaluates, and whether lanes tell it their time.</summary>
public static class CityCentre
{
    private static readonly Duration Pace = Duration.FromSeconds(1);

    // What is told once a day need not be told to the second, and each beat of an idle lane is a write.
    private static readonly Duration DigestPace = Duration.FromMinutes(1);

    /// <summary>Whether there is a city lane. Without a city file and without rules of the city there is no centre.</summary>
    public static bool Exists(RuleSet rules) => !rules.City.AcceptsEverything || HasRules(rules);

    /// <summary>The rules that the city lane evaluates: those of the city, and on events of the city itself those of districts too.</summary>
    public static RuleIndex IndexOf(RuleSet rules) => new(rules.Rules, RuleScope.City, rules.City.Code);

    /// <summary>How often lanes tell the city lane their time; null where nothing there waits for it, so that idle lanes write nothing.</summary>
    public static Duration? BeatOf(RuleSet rules) => HasRules(rules) ? Pace : rules.City.Digest is null ? null : DigestPace;

    private static bool HasRules(RuleSet rules) => rules.Rules.Any(rule => rule.Scope == RuleScope.City);
}
