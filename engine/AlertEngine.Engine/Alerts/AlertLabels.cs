using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>A label of an alert: what an expression said of it when it opened.</summary>
/// <param name="Name">The expression as it stands in the rule file.</param>
/// <param name="Value">Its value as text.</param>
public sealed record AlertLabel(string Name, string Value);

/// <summary>
/// Which labels the alerts of a rule need, and their values: those by which its group is told, and those that inhibitions compare. They are
/// read once, at the opening, because only then the event that they speak of is at hand; so an alert does not change its group later.
/// Immutable.
/// </summary>
internal sealed class AlertLabels
{
    private const char Separator = '\u001f';

    private readonly FrozenDictionary<string, ImmutableArray<(string Name, CelFunction Value)>> _inhibitionsByRule;

    public AlertLabels(RuleSet rules) =>
        _inhibitionsByRule = rules.Inhibitions.IsEmpty
            ? FrozenDictionary<string, ImmutableArray<(string, CelFunction)>>.Empty
            : rules.Rules.ToFrozenDictionary(rule => rule.Id, rule => OfInhibitions(rules, rule.Id), StringComparer.Ordinal);

    /// <summary>The alert with its labels. A label that is missing or meets an error is left out: nothing is held back for want of a value.</summary>
    public Alert Read(Alert alert, EvaluationScope scope)
    {
        AlertDrafting.Load(alert, scope);
        var labels = ImmutableArray.CreateBuilder<AlertLabel>();
        foreach ((string name, CelFunction value) in _inhibitionsByRule.GetValueOrDefault(scope.Rule.Id, []))
        {
            if (TextOf(value, scope) is { } text)
                labels.Add(new AlertLabel(name, text));
        }

        return alert with { Labels = labels.ToImmutable(), GroupKey = GroupKeyOf(scope) };
    }

    /// <summary>The values of some labels, joined; null where one is missing: what neither alert has makes them no pair.</summary>
    public static string? Join(Alert alert, ImmutableArray<string> names)
    {
        var values = new string[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            if (alert.Labels.FirstOrDefault(label => label.Name == names[i]) is not { } label)
                return null;
            values[i] = label.Value;
        }

        return string.Join(Separator, values);
    }

    // An alert that lacks a label stands for itself: what has no gateway is not one incident with all others that have none.
    private static string GroupKeyOf(EvaluationScope scope)
    {
        if (scope.Rule.Group is not { } group)
            return "";
        var parts = new string[group.By.Length + 2];
        (parts[0], parts[1]) = (scope.Rule.Id, Words.Of(scope.Status));
        for (int i = 0; i < group.By.Length; i++)
        {
            if (TextOf(group.By[i], scope) is not { } text)
                return "";
            parts[i + 2] = text;
        }

        return string.Join(Separator, parts);
    }

    private static string? TextOf(CelFunction value, EvaluationScope scope)
    {
        CelValue read = value(scope.Frame);
        return read.IsPresent && read.Kind != CelKind.Error ? CelFormat.Text(read) : null;
    }

    private static ImmutableArray<(string Name, CelFunction Value)> OfInhibitions(RuleSet rules, string ruleId) =>
    [
        .. rules.Inhibitions
            .Where(plan => plan.Source.Takes(ruleId) || plan.Target.Takes(ruleId))
            .SelectMany(plan => plan.EqualNames.Zip(plan.EqualLabels))
            .DistinctBy(label => label.First),
    ];
}
