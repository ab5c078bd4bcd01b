using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>What sets escalation steps off, what switches modes, and what must not be told: AE2180 to AE2189.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode EscalationLimit = Error("AE2180", "提级所依据的时限不存在", "an escalation by a limit that is not set",
        "spent 与 overdue 计算规则 sla 中的时限，该时限须写明，否则该步骤永远不会触发。", "'spent' and 'overdue' count a limit of the rule's SLA; without it the step would never be taken.");

    internal static readonly DiagnosticCode EscalationDistricts = Error("AE2181", "按区数提级须为市级规则", "an escalation by districts needs the city's scope",
        "一个区的告警只涉及本区；scope: city 的规则才能看到多个区。", "Alerts of a district are of that district alone; rules with scope: city see several.");

    internal static readonly DiagnosticCode UnknownMode = Error("AE2182", "未知的模式", "an unknown mode",
        "模式须在城市文件的 modes 中声明。", "Modes are declared under 'modes' in the city file.");

    internal static readonly DiagnosticCode SwitchOfCity = Error("AE2183", "市级规则不能切换区的模式", "a mode switched by a rule of the city",
        "switch_mode 切换告警所在区的模式；全市切换用市级命令。", "'switch_mode' switches the mode of the alert's district; the whole city is switched by a command to the city.");

    internal static readonly DiagnosticCode SwitchWithoutEnd = Error("AE2184", "切换模式的告警须能恢复", "a mode switched by what never ends",
        "模式在告警恢复时切换回来；单次告警没有恢复。", "The mode is switched back when the alert clears, and a single shot never does.");

    internal static readonly DiagnosticCode SwitchTooSoon = Error("AE2185", "生效早于规则的等待时间", "a switch before the rule can know of it",
        "delay 不得小于规则的 lateness，否则切换时之后的事件可能已按旧模式处理。", "'delay' is at least the rule's lateness; otherwise events after the switch may have been judged by the old mode.");

    internal static readonly DiagnosticCode SensitiveAlias = Error("AE2186", "敏感值被另起名称", "a sensitive value under another name",
        "敏感字段按名称遮盖；换了名称（track、asof、of）就会出现在标题和工单中。", "Sensitive fields are masked by their names; tracked or reckoned under another one they would appear in titles and orders.");

    private static readonly ImmutableArray<DiagnosticCode> EscalationCodes = [EscalationLimit, EscalationDistricts, UnknownMode, SwitchOfCity, SwitchWithoutEnd, SwitchTooSoon, SensitiveAlias];
}
