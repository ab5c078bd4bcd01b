using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads what sets an escalation step off: exactly one trigger a step.</summary>
/// <param name="rule">The rule.</param>
/// <param name="sla">Its limits; null where it has none.</param>
internal sealed class EscalationTriggerReader(RuleContext rule, SlaPlan? sla)
{
    private static readonly string[] Keys = ["after", "spent", "overdue", "severity_from", "again", "districts", "mode"];

    /// <summary>The trigger; null where it is wrong, which is reported.</summary>
    public EscalationTrigger? Read(YamlMapping block)
    {
        string[] given = [.. Keys.Where(key => block.Find(key) is not null)];
        if (given.Length == 1)
            return Read(block, given[0]);
        rule.Report(FileCodes.NotOne, block, $"an escalation step needs exactly one of {string.Join(", ", Keys)}");
        return null;
    }

    /// <summary>The state that stops a step that names none; null where it must be named.</summary>
    public static string? UntilOf(EscalationTrigger trigger) => trigger switch
    {
        ElapsedTrigger => null,
        LimitTrigger { Limit: SlaStage.Acknowledge } => "acknowledged",
        LimitTrigger { Limit: SlaStage.Arrive } => "arrived",
        LimitTrigger => "resolved",
        _ => "closed",
    };

    private EscalationTrigger? Read(YamlMapping block, string key) => key switch
    {
        "after" => block.Wait("after") is { } after ? new ElapsedTrigger(after) : null,
        "spent" => block.Map("spent") is { } spent && spent.Integer("percent") is { } percent ? Limit(spent.Scalar("of"), (int)percent) : null,
        "overdue" => Limit(block.Scalar("overdue"), 100),
        "severity_from" => SeverityReader.Word(block.Text("severity_from")) is { } severity ? new SeverityTrigger(severity) : null,
        "again" => block.Map("again") is { } again && again.Integer("times") is { } times && again.Wait("within") is { } within ? new RecurrenceTrigger((int)times, within) : null,
        "districts" => Districts(block.Scalar("districts")),
        _ => Mode(block.Scalar("mode")),
    };

    private LimitTrigger? Limit(YamlScalar? name, int percent)
    {
        SlaStage? stage = name?.Value switch
        {
            "acknowledge" => SlaStage.Acknowledge,
            "arrive" => SlaStage.Arrive,
            "resolve" => SlaStage.Resolve,
            _ => null,
        };
        if (stage is { } limit && sla?.LimitOf(limit) is null && !(sla?.Name is not null && rule.City.AcceptsEverything))
            rule.Report(FileCodes.EscalationLimit, name!, $"the rule's SLA sets no limit '{name!.Value}'");
        return stage is { } known ? new LimitTrigger(known, percent) : null;
    }

    private DistrictsTrigger? Districts(YamlScalar? count)
    {
        if (rule.Node.Text("scope") != "city" && count is not null)
            rule.Report(FileCodes.EscalationDistricts, count, "'districts' needs 'scope: city'");
        return CoreSchema.Integer(count!) is { } districts ? new DistrictsTrigger((int)districts) : null;
    }

    private ModeTrigger? Mode(YamlScalar? mode)
    {
        rule.CheckMode(mode);
        return mode is null ? null : new ModeTrigger(mode.Value);
    }
}
