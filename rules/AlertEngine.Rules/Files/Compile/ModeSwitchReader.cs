using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads which mode the alerts of a rule switch to.</summary>
internal sealed class ModeSwitchReader(RuleContext rule)
{
    /// <summary>The plan; null where the rule switches none, or where it is wrong, which is reported.</summary>
    public ModeSwitchPlan? Read(Detector detector, Duration lateness)
    {
        if (rule.Node.Map("switch_mode") is not { } block || block.Scalar("to") is not { } mode)
            return null;
        rule.CheckMode(mode);
        if (rule.Node.Text("scope") == "city")
            rule.Report(FileCodes.SwitchOfCity, block, "a rule with 'scope: city' has no district whose mode it could switch");
        if (detector.IsSingleShot)
            rule.Report(FileCodes.SwitchWithoutEnd, block, "a single shot never clears; the mode would never be switched back");
        Duration usual = Duration.Max(lateness, rule.Options.DefaultLateness);
        Duration delay = block.Wait("delay") ?? usual;
        if (delay < lateness)
            rule.Report(FileCodes.SwitchTooSoon, block.Scalar("delay")!, $"{DurationText.Format(delay)} is less than the rule's lateness, {DurationText.Format(lateness)}");
        return new ModeSwitchPlan(mode.Value, SeverityReader.Word(block.Text("severity_from")) ?? Severity.Blue, delay);
    }
}
