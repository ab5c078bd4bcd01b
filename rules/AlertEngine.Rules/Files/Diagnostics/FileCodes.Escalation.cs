using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>What sets escalation steps off: AE2180 to AE2189.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode EscalationLimit = Error("AE2180", "提级所依据的时限不存在", "an escalation by a limit that is not set",
        "spent 与 overdue 计算规则 sla 中的时限，该时限须写明，否则该步骤永远不会触发。", "'spent' and 'overdue' count a limit of the rule's SLA; without it the step would never be taken.");

    internal static readonly DiagnosticCode EscalationDistricts = Error("AE2181", "按区数提级须为市级规则", "an escalation by districts needs the city's scope",
        "一个区的告警只涉及本区；scope: city 的规则才能看到多个区。", "Alerts of a district are of that district alone; rules with scope: city see several.");

    internal static readonly DiagnosticCode UnknownMode = Error("AE2182", "未知的模式", "an unknown mode",
        "模式须在城市文件的 modes 中声明。", "Modes are declared under 'modes' in the city file.");

    private static readonly ImmutableArray<DiagnosticCode> EscalationCodes = [EscalationLimit, EscalationDistricts, UnknownMode];
}
