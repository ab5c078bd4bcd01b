using static AlertEngine.Rules.Files.Shapes.Vocabulary;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>The shape of a rule.</summary>
internal static class RuleShape
{
    internal static readonly MappingShape Param = Mapping("a parameter",
        Must("value", Any, "默认值", "the value", "3.20"),
        May("type", Word("double", "int", "bool", "string", "duration"), "类型", "the type", "double for numbers, duration for texts like 10m"),
        May("unit", Text, "单位", "the unit"),
        May("range", List(Any, 2, 2), "允许的范围，覆盖值也须在其中", "the admitted range, for overrides too", example: "[0, 15]"),
        May("doc", LocalText, "说明", "a description"));

    internal static readonly MappingShape Group = Mapping("a group",
        Must("by", Expressions, "归并所依据的标签", "the labels to group by", "[event.district]"),
        May("wait", Duration, "首次发出前的等待", "the wait before the first order", "30s"),
        May("interval", Duration, "两次更新之间的间隔", "the time between revisions", "10m"));

    internal static readonly MappingShape Raise = Mapping("a raise",
        Must("when", Condition, "条件", "the condition"), Must("to", Severity, "提高到", "the severity then"));

    internal static readonly MappingShape SeverityPlan = Mapping("severity",
        Must("base", Severity, "基本严重程度", "the base severity"),
        May("raise", List(Raise), "满足条件时提高；取最高者", "raised where a condition holds; the highest wins", "none"));

    internal static readonly MappingShape Route = Mapping("a route",
        May("when", Condition, "条件；最后一条不带条件", "the condition; the last route has none", "always"),
        Must("to", new ListShape(Text, AllowsSingle: true, Least: 1, Most: 16), "主办单位，其后为协办", "the lead, then co-handlers"),
        May("continue", Bool, "命中后继续匹配后面的路由", "whether later routes are asked too", "false"));

    private static readonly Shape LimitName = Word("acknowledge", "arrive", "resolve");

    internal static readonly MappingShape Escalation = Mapping("an escalation step",
        May("after", Duration, "触发：派单后多久未到达 until 的状态", "trigger: so long after dispatch without the state of 'until'"),
        May("spent", Mapping("spent", Must("of", LimitName, "哪个时限", "which limit"), Must("percent", Integer(1, 99), "已用百分比", "how much of it is gone")),
            "触发：时限已用掉的百分比", "trigger: so much of a limit is gone"),
        May("overdue", LimitName, "触发：超过时限", "trigger: the limit has passed"),
        May("severity_from", Severity, "触发：严重程度达到", "trigger: the alert is at least so grave"),
        May("again", Mapping("again", Must("times", Integer(2, Matching.RecurrenceTrigger.TimesMax), "次数，含本次", "how often, this time included"), Must("within", Duration, "时间范围", "in which time")),
            "触发：同一地点（规则与键）再次发生", "trigger: the same place again, by rule and key"),
        May("districts", Integer(2, 100), "触发：涉及的区数；仅用于 scope: city", "trigger: events of so many districts; with scope: city only"),
        May("mode", Text, "触发：处于该模式", "trigger: the mode holds", example: "emergency"),
        May("until", Word("acknowledged", "arrived", "resolved", "verified", "closed"), "到达该状态则停止；after 必须写", "the state that stops it; required with 'after'",
            "the state of the limit for spent and overdue, otherwise closed"),
        Must("to", Text, "升级到的层级", "the command level"),
        May("severity", Severity, "同时提高到的严重程度", "the severity from then on", "unchanged"));

    internal static readonly MappingShape Merge = Mapping("a merge",
        Must("meters", new NumberShape(false, 0, 100_000), "距离（米）", "the distance in meters"),
        Must("time", Duration, "时间差", "the time between"),
        Must("max_span", Duration, "一次并案的最长跨度", "the longest span of one merged alert"));

    internal static readonly MappingShape Dedup = Mapping("dedup",
        May("key", Expressions, "去重键", "the parts of the key", "[rule.id, key]"),
        May("reopen", Duration, "恢复后多久之内再次触发视为重开", "how long after clearing the same alert is reopened", "0s"),
        May("merge", Merge, "并案", "merging with alerts nearby", "none"));

    internal static readonly MappingShape Exception = Mapping("an exception",
        Must("name", new TextShape(TextKind.Identifier), "名称", "the name"),
        Must("fields", new ListShape(Expression, false, 1, 8), "字段", "the fields"),
        May("values", List(List(Any)), "取值，每行与字段一一对应；覆盖可添加", "rows of values, one a field; overrides add more", "none"));

    internal static readonly MappingShape Rule = Mapping("a rule",
        Must("id", KebabId, "规则标识，长期不变", "the id, permanent", "water-level-high"),
        Must("name", LocalText, "名称", "the name"),
        Must("owner", Text, "负责单位", "who answers for it"),
        Must("stage", Word("draft", "shadow", "live", "retired"), "阶段：草稿、影子、上线、停用", "the stage"),
        May("scope", Word("district", "city"), "在区或市级通道中运行", "where it runs", "district"),
        May("source", SourceShape.Source, "读取哪些事件；只能用相等条件", "which events it reads; equalities only", "every event"),
        May("where", Condition, "检测之前的过滤条件", "filters events before the detector", "all pass"),
        May("active", Condition, "规则何时有效，只看 ctx", "when the rule is active, over ctx only", "always"),
        May("key", Expressions, "状态按此键分别保存", "the state is kept per key", "event.device"),
        May("params", new MapShape("params", Param, TextKind.Identifier), "可调参数", "what is tuned", "none"),
        Must("detect", DetectShape.Detect, "检测方式，须且只能一种", "the detector, exactly one"),
        Must("severity", SeverityPlan, "严重程度", "the severity"),
        May("exceptions", List(Exception), "例外", "events to keep out", "none"),
        May("dedup", Dedup, "去重与重开", "de-duplication and reopening", "key [rule.id, key], reopen 0s"),
        Must("title", LocalText, "标题，表达式写在 { } 内", "the title; expressions in { }"),
        Must("routes", List(Route, 1, 64), "路由：先匹配者先得", "the routes; first match wins"),
        May("sla", new EitherShape(Text, SlaShape.Sla), "时限方案的名称，或直接写出", "an SLA by name or inline", "no limits"),
        May("escalate", List(Escalation, 0, Matching.EscalationStep.StepsMax), "提级步骤", "the escalation steps", "none"),
        May("level", Text, "工单起始的指挥层级", "the command level an order starts at", "the first of the city's levels"),
        May("group", new EitherShape(Text, Group), "归并到一张工单", "grouping into one order, inline or by name", "none"),
        May("evidence", Mapping("evidence",
                May("keep", Integer(1, 32), "保留最近几个事件", "how many of the latest events", "10"),
                Must("fields", new ListShape(Expression, false, 1, 32), "字段", "the fields")),
            "证据", "what of the events goes into the order", "ids only"),
        May("flapping", Mapping("flapping",
                Must("low", new NumberShape(false, 0, 1), "低于该比例解除", "below: free again"),
                Must("high", new NumberShape(false, 0, 1), "高于该比例抑制", "above: held")),
            "抖动抑制：最近 20 次变化的比例", "flapping, as a share of the last 20 changes", "not watched"),
        May("flood", Mapping("flood",
                Must("budget", Integer(1, 1_000_000), "每区每规则的工单数", "orders per district and rule"),
                Must("per", Duration, "时段", "in this time")),
            "洪泛预算", "the flood budget", "unlimited"),
        May("broadcast", List(Mapping("a broadcast",
                Must("audience", KebabId, "受众", "who is meant", "residents"),
                May("severity_from", Severity, "严重程度达到", "from which severity on", "blue"),
                Must("text", LocalText, "对该受众说的话，表达式写在 { } 内", "what is said to them; expressions in { }")), 0, 16),
            "云广播，每个受众一条", "what is asked to be broadcast, one for each audience", "none"),
        May("switch_mode", Mapping("switch_mode",
                Must("to", Text, "切换到的模式", "the mode", example: "emergency"),
                May("severity_from", Severity, "严重程度达到（不计模式本身的提级）", "from which severity on, the mode's own steps left out", "blue"),
                May("delay", Duration, "事件发生后多久生效，不小于规则的 lateness", "how long after the event it takes effect, at least the rule's lateness", "the configured lateness (5s), or the rule's own where that is more")),
            "告警持续期间切换所在区的模式", "switches the mode of the district while an alert fires", "no switch"),
        May("stale", Mapping("stale",
                Must("older_than", Duration, "超过多久视为过时", "how old is stale"),
                May("then", Word("dispatch", "file"), "照常派单，或仅归档", "dispatched, or filed only", "file")),
            "中断期间发生又恢复的事件如何处理", "what becomes of an incident that opened and cleared during an outage", "dispatched"),
        May("event_class", Mapping("event_class", Must("scheme", Text, "编码体系", "the scheme"), Must("code", Text, "代码", "the code")),
            "事件分类", "the event class of the order", "scheme alertengine, the rule's id"),
        May("lateness", Duration, "等待乱序事件的时间", "how long events are waited for", "0s for each, otherwise the configured default (5s)"),
        May("late", Word("drop", "admit"), "更迟的事件如何处理", "what happens to later ones", "admit for each, otherwise drop"),
        May("on_edit", Mapping("on_edit", Must("state", Word("keep", "reset", "rebuild"), "状态", "what becomes of running state")),
            "规则修改后状态如何处理", "what becomes of state when the rule is edited", "{ state: keep }"),
        May("doc", LocalText, "说明", "a description"));
}
