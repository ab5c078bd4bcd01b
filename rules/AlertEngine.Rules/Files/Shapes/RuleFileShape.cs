using static AlertEngine.Rules.Files.Shapes.Vocabulary;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>The shape of <c>*.rules.yaml</c>, but for rules themselves.</summary>
internal static class RuleFileShape
{
    internal static readonly MappingShape Field = Mapping("a field",
        Must("type", Word("double", "int", "bool", "string", "timestamp", "duration"), "字段类型", "the type of the field"),
        May("unit", Text, "单位，用于检查不同单位的混用", "the unit; mixing units is a lint", example: "m"),
        May("range", List(Number, 2, 2), "允许的范围 [最小, 最大]", "the admitted range [least, most]", example: "[-5, 30]"),
        May("optional", Bool, "是否可能缺失；读取可选字段须先 has()", "whether it may be missing; an optional field is asked with has() first", "false"),
        May("path", new TextShape(TextKind.Pointer), "字段在 data 中的位置（JSON 指针）", "where it lies in data, as a JSON pointer", "the member of data of the field's name", "/observation/result"),
        May("sensitive", Bool, "敏感字段：不进入标题、证据、死信和日志", "keeps its value out of titles, evidence, dead letters and logs", "false"),
        May("doc", LocalText, "说明", "a description"));

    internal static readonly MappingShape ValueList = Mapping("a list",
        Must("items", List(Text), "列表内容：文本或数字", "the items: texts or numbers"),
        May("doc", LocalText, "说明", "a description"));

    internal static readonly MappingShape Macro = Mapping("a macro",
        May("args", List(new TextShape(TextKind.Identifier), 0, 8), "参数名", "the names of its arguments", "none"),
        Must("expr", Expression, "完整的表达式，使用时自动加括号", "a whole expression, parenthesised on use"),
        May("type", Word("bool", "int", "double", "string", "duration", "timestamp"), "表达式的类型", "the type of the expression", "what the expression gives"),
        May("doc", LocalText, "说明", "a description"));

    internal static readonly MappingShape Select = Mapping("a selection",
        May("district", Texts, "选中的区", "the districts"), May("device", Texts, "选中的设备", "the devices"));

    internal static readonly MappingShape Override = Mapping("an override",
        Must("rule", Text, "被覆盖的规则", "the rule"),
        May("select", Select, "选中的区或设备", "the districts or devices it selects", "all"),
        Must("set", new MapShape("an override's set", Any), "设置的内容：params.*、stage、severity.*、routes、sla、exceptions.名称.values",
            "what it sets: params.*, stage, severity.*, routes, sla, exceptions.NAME.values", "{ params.limit_m: 2.80 }"),
        Must("reason", Text, "原因", "why"),
        Must("owner", Text, "负责单位", "who answers for it"),
        May("expires", Date, "有效期至（含当日）", "the last day on which it holds", "never"));

    internal static readonly MappingShape InhibitSource = Mapping("an inhibition's source",
        May("rule", Text, "规则", "a rule"), May("rules", Texts, "规则", "rules"));

    internal static readonly MappingShape InhibitTarget = Mapping("an inhibition's target",
        May("rule", Text, "规则", "a rule"), May("rules", Texts, "规则", "rules"),
        May("below", Severity, "仅低于该严重程度的告警", "only alerts below this severity", "all"));

    internal static readonly MappingShape Inhibit = Mapping("an inhibition",
        Must("source", InhibitSource, "触发抑制的告警", "the alerts that hold back"),
        Must("target", InhibitTarget, "被抑制的告警", "the alerts that are held back"),
        Must("equal", Expressions, "须相等的标签", "the labels that must be equal", "[event.district]"));

    internal static readonly MappingShape File = Mapping("a rule file",
        Must("alertengine", Text, "文件头", "the header", "rules/v1"),
        Must("pack", new TextShape(TextKind.KebabId), "规则包名称", "the name of the pack"),
        May("use", List(Text), "引用的规则包", "the packs whose events, lists, macros and SLAs are used", "none"),
        May("events", new MapShape("events", new MapShape("an event type", Field, TextKind.Identifier)), "事件类型及其字段", "event types with their fields"),
        May("lists", new MapShape("lists", ValueList, TextKind.Identifier), "可在表达式中使用的列表", "lists for expressions"),
        May("macros", new MapShape("macros", Macro, TextKind.Identifier), "可在表达式中使用的宏", "macros for expressions"),
        May("sla", new MapShape("sla", SlaShape.Sla), "时限方案", "SLA profiles"),
        May("rules", List(RuleShape.Rule), "规则", "the rules"),
        May("overrides", List(Override), "按区或设备的覆盖", "overrides by district or device"),
        May("inhibit", List(Inhibit), "告警之间的抑制", "which alerts hold back which"),
        May("groups", new MapShape("groups", RuleShape.Group), "命名的归并方式，规则以 group: 名称 引用", "named groupings, to which a rule refers by group: NAME"));
}
