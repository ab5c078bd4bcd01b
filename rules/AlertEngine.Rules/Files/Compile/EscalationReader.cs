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
    /// <param name="baseSeverity">The rule's base severity; null where it is wrong.</param>
    /// <param name="sla">The rule's limits, that steps may count.</param>
    public ImmutableArray<EscalationStep> Steps(Severity? baseSeverity, SlaPlan? sla)
    {
        ImmutableArray<EscalationStep>.Builder steps = ImmutableArray.CreateBuilder<EscalationStep>();
        string first = rule.Node.Text("level") ?? rule.City.Levels[0], reached = first;
        Severity floor = baseSeverity ?? Severity.Blue, reachedFloor = floor;
        Duration last = Duration.Zero;
        EscalationTriggerReader triggers = new(rule, sla);
        foreach (YamlMapping block in rule.Node.Maps("escalate"))
        {
            if (Read(block, triggers) is not { } step)
                continue;
            steps.Add(step);
            if (step.Trigger is not ElapsedTrigger { After: var after })
            {
                // Nobody knows which trigger is met first, so these are held against the beginning.
                CheckOrder(block, step, first, floor);
                continue;
            }

            CheckOrder(block, step, reached, reachedFloor);
            if (after < last)
                rule.Report(FileCodes.EscalationOrder, block.Scalar("after")!, $"{block.Text("after")} comes after {DurationText.Format(last)}");
            (reached, last) = (step.To, after);
            reachedFloor = step.Severity > reachedFloor ? step.Severity.Value : reachedFloor;
        }

        return steps.DrainToImmutable();
    }

    private EscalationStep? Read(YamlMapping block, EscalationTriggerReader triggers)
    {
        EscalationTrigger? trigger = triggers.Read(block);
        if (block.Scalar("to") is not { } to)
            return null;
        CheckLevel(to);
        if (trigger is null)
            return null;
        string? until = block.Text("until") ?? EscalationTriggerReader.UntilOf(trigger);
        if (until is not null)
            return new EscalationStep(trigger, until, to.Value, SeverityReader.Word(block.Text("severity")));
        rule.Report(FileCodes.MissingKey, block, "'after' needs 'until': the state that stops it");
        return null;
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
