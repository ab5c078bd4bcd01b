using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads a rule's level and escalation steps: each goes upwards, or stays and raises the severity.</summary>
internal sealed class EscalationReader(RuleContext rule)
{
    /// <summary>The rule's level; null where it states none.</summary>
    public string? Level()
    {
        if (rule.Node.Scalar("level") is not { } level)
            return null;
        CheckLevel(level);
        return level.Value;
    }

    /// <summary>The steps; faults are reported and the steps read all the same.</summary>
    public ImmutableArray<EscalationStep> Steps(Severity? baseSeverity)
    {
        ImmutableArray<EscalationStep>.Builder steps = ImmutableArray.CreateBuilder<EscalationStep>();
        string reached = rule.Node.Text("level") ?? rule.City.Levels[0];
        Severity floor = baseSeverity ?? Severity.Blue;
        Duration last = Duration.Zero;
        foreach (YamlMapping block in rule.Node.Maps("escalate"))
        {
            if (Read(block) is not { } step)
                continue;
            CheckOrder(block, step, reached, floor);
            if (step.After < last)
                rule.Report(FileCodes.EscalationOrder, block.Scalar("after")!, $"{block.Text("after")} comes after {DurationText.Format(last)}");
            (reached, last) = (step.To, step.After);
            floor = step.Severity > floor ? step.Severity.Value : floor;
            steps.Add(step);
        }

        return steps.DrainToImmutable();
    }

    private EscalationStep? Read(YamlMapping block)
    {
        if (block.Wait("after") is not { } after || block.Text("until") is not { } until || block.Scalar("to") is not { } to)
            return null;
        CheckLevel(to);
        return new EscalationStep(after, until, to.Value, SeverityReader.Word(block.Text("severity")));
    }

    private void CheckLevel(YamlScalar level)
    {
        if (!rule.City.Levels.Contains(level.Value) && !rule.City.AcceptsEverything)
            rule.Report(FileCodes.UnknownLevel, level, $"no level '{level.Value}'; there are {string.Join(", ", rule.City.Levels)}", Suggestion.Nearest(level.Value, rule.City.Levels));
    }

    private void CheckOrder(YamlMapping block, EscalationStep step, string reached, Severity floor)
    {
        (int from, int to) = (rule.City.Levels.IndexOf(reached), rule.City.Levels.IndexOf(step.To));
        if (from < 0 || to < 0)
            return;
        if (to < from)
            rule.Report(FileCodes.LowerLevel, block.Scalar("to")!, $"'{step.To}' is below '{reached}'");
        else if (step.Severity is { } raised && raised < floor)
            rule.Report(FileCodes.UselessRaise, block.Scalar("severity")!, $"'{block.Text("severity")}' is below what the alert has already");
        else if (to == from && !(step.Severity > floor))
            rule.Report(FileCodes.SameLevel, block.Scalar("to")!, $"the order is at '{reached}' already, and the severity is not raised");
    }
}
