using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Shapes;
using static AlertEngine.Rules.Files.Shapes.Vocabulary;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>The shape of <c>*.test.yaml</c>.</summary>
internal static class TestFileShape
{
    /// <summary>How many events one entry may stand for: beyond it a test is a replay.</summary>
    internal const int TimesLimit = 100_000;

    private static readonly Shape Key = new ListShape(Text, AllowsSingle: true, Least: 1, Most: 16);
    private static readonly Shape At = Duration;

    private static readonly MappingShape Event = Mapping("an event",
        Must("type", Text, "事件类型", "the event type"),
        May("device", Text, "设备", "the device", "none"),
        May("at", At, "发生时间，从 start 起", "when it happens, from the start", "0s"),
        May("every", Duration, "重复间隔", "the time between repeats", example: "1m"),
        May("times", Integer(1, TimesLimit), "共多少次", "how often it happens in all", "1"),
        May("arrives", Duration, "到达时间，从 start 起", "when it arrives, from the start", "at"),
        May("data", new MapShape("data", Any), "数据", "its data", "{}"),
        May("id", Text, "事件标识", "its id", "unique, rising in the order of the file"),
        May("source", Text, "事件来源", "its source", "test"),
        May("district", Text, "区", "its district", "that of the registry, or none"),
        May("street", Text, "街道", "its street", "that of the registry, or none"),
        May("grid", Text, "网格", "its grid", "none"),
        May("geo", CityShape.Geo, "位置（WGS 84）", "its position, WGS 84", "that of the registry, or none"),
        May("status", Word("actual", "exercise", "test"), "真实、演练或测试", "whether it is real, of a drill or a test", "actual"));

    private static readonly MappingShape ContextChange = Mapping("a change of context",
        May("at", At, "何时，从 start 起", "when, from the start", "0s"),
        May("mode", Text, "平急模式", "the mode", "as before", "emergency"),
        May("scenes", List(Text), "生效的场景", "the scenes that are on", "as before", "[qingming]"),
        May("holiday", Bool, "是否节假日", "whether it is a holiday", "as before"),
        May("workday", Bool, "是否工作日", "whether it is a workday", "as before; the opposite of holiday where that is given"));

    private static readonly MappingShape Command = Mapping("a command",
        May("at", At, "何时，从 start 起", "when, from the start", "0s"),
        Must("command", new TextShape(TextKind.Any, TestCommand.Words), "命令", "the command"),
        May("rule", Text, "规则", "of which rule", "any"),
        May("key", Key, "键", "of which key", "any"),
        May("order", Text, "工单：主办单位或工单标识", "which order: its lead or its id", "any"),
        May("unit", Text, "代表哪个单位", "on behalf of which unit", "the lead"),
        May("district", Text, "静默哪个区", "which district a silence is of", "any"),
        May("class", Text, "静默哪类事件", "which event class a silence is of", "any"),
        May("until", Duration, "静默或延期至何时，从 start 起", "until when a silence lasts, or an extension reaches: an offset from the start"),
        May("to", Text, "转派的单位", "the unit that an order is reassigned to"),
        May("actor", Text, "操作人", "who gives it", "test"),
        May("reason", Text, "原因", "why", "test"));

    private static readonly MappingShape Firing = Mapping("a firing alert",
        May("rule", Text, "规则", "the rule"), May("key", Key, "键", "the key"),
        May("severity", Severity, "严重程度", "the severity"),
        May("route", Text, "任一工单的主办单位", "the lead of any of its orders"),
        May("title", LocalText, "标题：任一语言，或分别给出", "the title: in either language, or in each"),
        May("mergedCount", Integer(0), "合并的检测数", "how many detections are merged"),
        May("labels", new MapShape("labels", Text), "标签", "labels: district, street, grid, device, status, late"));

    private static readonly MappingShape Resolved = Mapping("a resolved alert",
        May("rule", Text, "规则", "the rule"), May("key", Key, "键", "the key"),
        May("severity", Severity, "严重程度", "the severity"),
        May("reason", Word("cleared", "below-threshold", "quiet", "inactive", "expired"), "原因", "why"));

    private static readonly MappingShape Suppressed = Mapping("something suppressed",
        May("rule", Text, "规则", "the rule"), May("key", Key, "键", "the key"),
        May("by", Word("merge", "stale", "group", "inhibit", "silence", "flapping", "flood"), "被哪一环节", "by which stage"));

    private static readonly MappingShape Order = Mapping("an order",
        May("route", Text, "主办单位", "the lead unit"), May("lead", Text, "主办单位", "the lead unit"),
        May("level", Text, "指挥层级", "the command level"),
        May("revision", Integer(1), "版次", "the revision"),
        May("operation", Word("dispatched", "updated", "escalated", "merged", "cancelled", "closed"), "操作", "the operation"),
        May("status", Text, "状态", "the status"),
        May("topic", Text, "主题", "a topic it went to"),
        May("rule", Text, "规则", "the rule"), May("key", Key, "键", "the key"),
        May("severity", Severity, "严重程度", "the severity"));

    private static readonly MappingShape Expectation = Mapping("an expectation",
        Must("at", At, "判定的事件时间，从 start 起", "the event time that is judged, from the start", "10m"),
        May("firing", List(Firing), "此刻正在触发的全部告警", "all alerts then firing; [] means none", "not judged"),
        May("resolved", List(Resolved), "上一次判定以来恢复的告警", "what cleared since the previous at", "not judged"),
        May("suppressed", List(Suppressed), "上一次判定以来被抑制的", "what was suppressed since the previous at", "not judged"),
        May("orders", List(Order), "上一次判定以来的工单变化", "the changes of orders since the previous at", "not judged"));

    private static readonly MappingShape Outage = Mapping("an outage",
        Must("from", At, "开始，从 start 起", "when it begins, from the start"),
        Must("until", At, "结束，从 start 起", "when it ends, from the start"));

    private static readonly MappingShape Test = Mapping("a test",
        Must("name", Text, "测试名称", "its name"),
        May("start", new TextShape(TextKind.Instant), "起始时刻", "the instant that offsets count from", "2026-01-01T00:00:00+08:00"),
        May("lateness", Duration, "默认的迟到容忍", "the default lateness", "that of the file"),
        May("outage", Outage, "引擎停机的时段，其间的事件在结束时才读到", "when the engine stands still: what happens in it is read at its end", "never", "{ from: 10m, until: 2h }"),
        May("context", List(ContextChange), "模式、场景、节假日的变化", "changes of mode, scenes and holiday", "none"),
        May("events", List(Event), "事件", "the events", "none"),
        May("commands", List(Command), "命令", "the commands", "none"),
        Must("expect", List(Expectation), "期望", "what is expected"));

    internal static readonly MappingShape File = Mapping("a test file",
        Must("alertengine", Text, "文件头", "the header", "tests/v1"),
        Must("rules", new ListShape(Text, AllowsSingle: true, Least: 1), "规则文件", "the rule files, relative to this one"),
        May("city", Text, "城市文件", "the city file", "every unit, district, SLA and calendar is accepted"),
        May("lateness", Duration, "默认的迟到容忍", "the default lateness", "0s"),
        May("fixtures", Mapping("fixtures",
                May("devices", new MapShape("devices", new MapShape("a device", Any, TextKind.Identifier)), "设备", "devices, over those of the registry", "none"),
                May("places", new MapShape("places", List(CityShape.Place), TextKind.Identifier), "地点，按种类", "places by kind", "none")),
            "测试用的设备和地点", "devices and places of the tests", "none"),
        Must("tests", List(Test), "测试", "the tests"));
}
