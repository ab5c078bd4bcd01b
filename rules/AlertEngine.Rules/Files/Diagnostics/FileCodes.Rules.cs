using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>What rules say: AE2060 to AE2089.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode NoTest = Warning("AE2060", "规则没有测试", "a rule without a test",
        "每条规则至少应有一个测试提到它。", "Every rule should be named by at least one test.");

    internal static readonly DiagnosticCode ConditionalLastRoute = Error("AE2061", "最后一条路由须无条件", "the last route must have no condition",
        "否则有的告警无人处理。", "Otherwise some alerts would reach nobody.");

    internal static readonly DiagnosticCode UnreachableRoute = Error("AE2062", "路由永远不会被用到", "a route that is never reached",
        "前面已有无条件且不带 continue 的路由。", "A route before it has no condition and does not continue.");

    internal static readonly DiagnosticCode LowerLevel = Error("AE2063", "升级到更低的层级", "an escalation to a lower level",
        "提级只能向上；从规则的 level（默认为城市 levels 的第一个）开始。", "Escalation goes upwards, from the rule's 'level' (default: the first of the city's levels).");

    internal static readonly DiagnosticCode SameLevel = Error("AE2064", "升级没有变化", "an escalation that changes nothing",
        "同一层级的升级步骤须提高严重程度。", "A step to the same level must raise the severity.");

    internal static readonly DiagnosticCode EscalationOrder = Warning("AE2065", "升级步骤的时间没有递增", "escalation steps that are not in the order of time",
        "步骤按时间先后书写更易读。", "Steps are read in the order of time.");

    internal static readonly DiagnosticCode UselessRaise = Warning("AE2066", "不会提高严重程度", "a raise that raises nothing",
        "raise 的目标应高于 base。", "The severity of a 'raise' should be above 'base'.");

    internal static readonly DiagnosticCode BadTitle = Error("AE2067", "标题模板错误", "a malformed title",
        "标题中的表达式写在 { } 内，可带数字格式 {x:0.00}；花括号本身写作 {{ 与 }}。", "Expressions of a title stand in { }, with a number format where wanted: {x:0.00}. Braces themselves are written {{ and }}.");

    internal static readonly DiagnosticCode RowSize = Error("AE2068", "例外的列数不对", "an exception row of the wrong length",
        "exceptions 的每行取值须与 fields 一一对应。", "Every row of 'values' has one value a field.");

    internal static readonly DiagnosticCode ReversedRange = Error("AE2069", "范围上下限颠倒", "a range that ends before it begins",
        "范围写作 [最小, 最大]。", "Ranges are written [least, most].");

    internal static readonly DiagnosticCode ParamOutOfRange = Error("AE2070", "参数超出声明范围", "a parameter outside its range",
        "参数的值须在其 range 之内，覆盖值也一样。", "The value of a parameter lies within its range; so do the values of overrides.");

    internal static readonly DiagnosticCode ParamType = Error("AE2071", "参数类型不符", "a parameter of another type",
        "参数的值须符合其 type；未写 type 时，数字为 double，10m 之类为 duration，其余为 string 或 bool。",
        "The value fits the type. Without 'type' numbers are double, texts like 10m durations, others string or bool.");

    internal static readonly DiagnosticCode AlertScope = Error("AE2072", "告警来源须为市级规则", "a source of alerts needs the city's scope",
        "以告警为来源的规则在市级通道中运行：scope: city。", "Rules over alerts run in the city lane: scope: city.");

    internal static readonly DiagnosticCode AlertCycle = Error("AE2073", "规则循环引用", "rules that feed each other",
        "以告警为来源的规则须构成有向无环图。", "Rules over alerts form a graph without cycles.");

    internal static readonly DiagnosticCode SourceMissing = Error("AE2074", "缺少来源", "a source is missing",
        "读取事件字段的检测器须用 source 说明事件类型。", "A detector that reads fields of events says by 'source' of which type they are.");

    internal static readonly DiagnosticCode SourceMisplaced = Error("AE2075", "来源写错了位置", "a source in the wrong place",
        "sequence 与 correlate 在每个步骤或成员中说明来源。", "sequence and correlate give the source of each step or member.");

    internal static readonly DiagnosticCode NegatedFirst = Error("AE2077", "否定步骤的位置错误", "a negated step in the wrong place",
        "not: true 的步骤不能是第一步，也不能相邻；最后一步须写 for。", "A step with 'not: true' is never the first, never beside another, and as the last one needs 'for'.");

    internal static readonly DiagnosticCode ClearBelow = Error("AE2078", "clear_below 高于 at_least", "clear_below above at_least",
        "恢复阈值须不高于触发阈值，否则告警一触发就恢复。", "The threshold to clear is at most the one to fire, or the alert would clear at once.");

    internal static readonly DiagnosticCode WindowDivides = Error("AE2079", "滚动窗口须整除一天", "a tumbling window that does not divide the day",
        "滚动窗口从本地零点起对齐，长度须整除 24 小时。", "Tumbling windows are aligned to local midnight; their length divides 24 hours.");

    internal static readonly DiagnosticCode TypesDiffer = Error("AE2080", "字段类型不一致", "a field of two types",
        "同一条规则读取的事件类型中，同名字段的类型须一致。", "Event types that one rule reads together declare a field of one name with one type.");

    internal static readonly DiagnosticCode FlappingOrder = Error("AE2081", "low 须小于 high", "low is not below high",
        "高于 high 时抑制，低于 low 时解除。", "Above 'high' the alert is held, below 'low' it is free again.");

    internal static readonly DiagnosticCode SensitiveKey = Warning("AE2082", "敏感字段用于键", "a sensitive field in a key",
        "键会出现在告警、工单和日志中。", "Keys appear in alerts, orders and logs.");

    internal static readonly DiagnosticCode NoRules = Warning("AE2083", "没有规则", "no rules",
        "所加载的文件没有声明任何规则。", "None of the loaded files declares a rule.");

    internal static readonly DiagnosticCode TooManySources = Error("AE2084", "来源过多", "too many sources",
        "一条规则最多有 32 个来源、16 个步骤。", "A rule has at most 32 sources and 16 steps.");

    internal static readonly DiagnosticCode DurationOrder = Error("AE2085", "时长不能为零", "a duration of nothing",
        "窗口和等待时间须大于零。", "Windows and waits are longer than nothing.");

    internal static readonly DiagnosticCode TooManyClasses = Error("AE2086", "lateness 取值过多", "too many values of lateness",
        "一个规则集最多有 32 种不同的 lateness，每种一个重排缓冲。", "A rule set has at most 32 different values of lateness: each is a reorder buffer.");

    internal static readonly DiagnosticCode KeysDiffer = Error("AE2087", "各步骤的键长度不同", "keys of different length",
        "各步骤的键须有相同的部分数，否则永远不会相等。", "The keys of all steps have the same number of parts; otherwise they are never the same.");

    internal static readonly DiagnosticCode CellType = Error("AE2088", "例外取值的类型不符", "an exception value of another type",
        "取值的类型须与字段一致，否则永远不会匹配。", "A value has the type of its field; otherwise it never matches.");

    internal static readonly DiagnosticCode WithoutEffect = Warning("AE2089", "该键在此不起作用", "a key without effect",
        "该键属于另一种方法；写在这里会让人误以为它起作用。", "The key belongs to another method; here it would only seem to have an effect.");

    private static readonly ImmutableArray<DiagnosticCode> RuleCodes =
    [
        NoTest, ConditionalLastRoute, UnreachableRoute, LowerLevel, SameLevel, EscalationOrder, UselessRaise, BadTitle, RowSize, ReversedRange, ParamOutOfRange,
        ParamType, AlertScope, AlertCycle, SourceMissing, SourceMisplaced, NegatedFirst, ClearBelow, WindowDivides, TypesDiffer, FlappingOrder,
        SensitiveKey, NoRules, TooManySources, DurationOrder, TooManyClasses, KeysDiffer, CellType, WithoutEffect,
    ];
}
