using static AlertEngine.Rules.Files.Shapes.Vocabulary;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>The shapes of the ten detectors.</summary>
internal static class DetectShape
{
    private static readonly Shape Clear = Mapping("clear",
        Must("when", Condition, "恢复条件", "the condition"),
        May("for", Wait, "须持续多久", "how long it must hold", "0s"));

    private static readonly Shape Track = new MapShape("track", OneOf("a tracked value",
        May("min", Expression, "最小值", "the least"), May("max", Expression, "最大值", "the greatest"),
        May("last", Expression, "最新值", "the latest"), May("first", Expression, "最初值", "the first"),
        May("sum", Expression, "合计", "the sum"), May("count", Expression, "次数", "how often it is true")), TextKind.Identifier);

    private static readonly Shape WindowKind = Word("sliding", "tumbling");

    internal static readonly MappingShape Each = Mapping("each",
        Must("when", Condition, "触发条件", "fires when true"),
        May("clear", Clear, "恢复条件", "clears when"),
        May("quiet", Wait, "多久没有匹配则恢复", "clears after so long without a match", example: "10m"),
        May("expires", Expression, "事件所说的失效时刻（时间戳），可与 clear 同用", "the instant at which what the event says is over, a timestamp; alone or with clear", "no end of its own", "timestamp(event.expires)"),
        May("once", Bool, "单次：不持续，不恢复", "a single shot, never firing afterwards"));

    internal static readonly MappingShape Hold = Mapping("hold",
        Must("when", Condition, "须持续成立的条件", "the condition that must hold"),
        Must("for", Wait, "持续多久", "how long", "10m"),
        May("gap", Wait, "数据中断超过该时间则重新计时", "a longer silence restarts the pending hold", "no limit"),
        May("clear", Clear, "恢复条件", "clears when", "when is seen false"),
        May("track", Track, "从 t₀ 起记录的值", "values kept from t₀ on", "none"));

    internal static readonly MappingShape Count = Mapping("count",
        May("when", Condition, "计数的条件", "which events count", "all"),
        Must("at_least", Amount(), "至少多少次", "how many", "5"),
        Must("window", Wait, "时间窗口", "the window", "60s"),
        May("kind", WindowKind, "滑动或滚动", "sliding or tumbling", "sliding"),
        May("clear_below", Amount(), "低于该数则恢复", "clears below", "at_least"),
        May("keep", Integer(1, 100_000), "窗口内最多保留多少事件", "how many events are kept at most", "1000, or at_least where that is more"));

    internal static readonly MappingShape Distinct = Mapping("distinct",
        Must("of", Expression, "统计不同取值的表达式", "the values that are told apart"),
        May("when", Condition, "计数的条件", "which events count", "all"),
        Must("at_least", Amount(), "至少多少个不同取值", "how many"),
        Must("window", Wait, "时间窗口", "the window"),
        May("kind", WindowKind, "滑动或滚动", "sliding or tumbling", "sliding"),
        May("clear_below", Amount(), "低于该数则恢复", "clears below", "at_least"),
        May("keep", Integer(1, 100_000), "精确到多少个取值", "exact up to so many values", "1000"));

    internal static readonly MappingShape Aggregate = Mapping("aggregate",
        Must("of", Expression, "统计的数值", "the number"),
        Must("fn", Word("avg", "sum", "min", "max", "stddev", "p50", "p95", "p99"), "统计函数", "the function"),
        Must("window", Wait, "时间窗口", "the window"),
        May("kind", WindowKind, "滑动或滚动", "sliding or tumbling", "sliding"),
        May("min_samples", Amount(), "至少多少个样本", "fewer samples give no value", "1"),
        Must("when", Condition, "关于 aggregate.value 的条件", "the condition over aggregate.value"),
        May("clear", Clear, "恢复条件", "clears when", "when is seen false"));

    internal static readonly MappingShape Change = Mapping("change",
        Must("of", Expression, "观察的数值", "the number"),
        Must("as", Word("delta", "rate", "percent"), "差值、每小时变化率、百分比", "difference, rate per hour, or percent"),
        Must("over", Wait, "与多久以前比较", "compared with so long ago"),
        May("tolerance", Wait, "比较样本可以再早多少", "how much older the sample may be", "over / 10"),
        Must("when", Condition, "关于 change.value 的条件", "the condition over change.value"),
        May("clear", Clear, "恢复条件", "clears when", "when is seen false"));

    internal static readonly MappingShape Absence = Mapping("absence",
        Must("for", Wait, "多久没有数据", "how long nothing came"),
        Must("population", OneOf("a population",
                May("registry", Condition, "登记表中满足条件的设备", "the devices of the registry that satisfy it"),
                May("list", Text, "列表中的成员", "the members of a list"),
                May("seen", Duration, "最近出现过的成员", "whoever was seen in this time")),
            "监视的对象", "who is watched"),
        May("clear", Mapping("clear",
                Must("events", Integer(1, 1_000), "收到多少个事件", "so many events"),
                Must("within", Wait, "在多久之内", "in this time")),
            "恢复条件", "clears when", "the first event"),
        May("stall", new NumberShape(false, 0, 1), "同时无数据的比例超过该值，视为来源中断", "a greater share silent at once is one stalled source", "0.5"));

    private static readonly Shape AsOf = new MapShape("asof", Mapping("an as-of value",
        Must("source", SourceShape.Source, "来源", "its source"),
        May("key", Expressions, "键", "its key", "the step's key"),
        Must("value", Expression, "取值", "the value"),
        May("max_age", Wait, "最多多旧", "how old at most", "no limit")), TextKind.Identifier);

    internal static readonly MappingShape Sequence = Mapping("sequence",
        Must("within", Wait, "从第一步起的时限", "the time from the first step on"),
        Must("steps", List(Mapping("a step",
                Must("as", new TextShape(TextKind.Identifier), "步骤名，供后面的表达式使用", "the name for later expressions"),
                Must("source", SourceShape.Source, "来源", "its source"),
                May("key", Expressions, "键", "its key", "the rule's key"),
                May("when", Condition, "条件", "the condition", "every event"),
                May("asof", AsOf, "其他来源的最新值", "latest values of other sources", "none"),
                May("not", Bool, "此步骤不得发生", "no such event", "false"),
                May("for", Wait, "最后的否定步骤须持续多久", "how long, for a negated last step")), 1, 16),
            "步骤，按顺序", "the steps, in order"),
        May("until", Mapping("until",
                Must("source", SourceShape.Source, "来源", "its source"),
                May("key", Expressions, "键", "its key", "the rule's key"),
                May("when", Condition, "条件", "the condition", "every event")),
            "取消进行中的序列", "cancels a run"),
        May("overlap", Bool, "进行中再次出现第一步时，是否另起一次", "whether a new first step starts a second run", "false"),
        May("quiet", Wait, "多久没有再次发生则恢复", "clears after so long without another", "a single shot"));

    internal static readonly MappingShape Correlate = Mapping("correlate",
        Must("any_of", new MapShape("any_of", Mapping("a member",
                Must("source", SourceShape.Source, "来源", "its source"),
                May("when", Condition, "条件", "the condition", "every event")), TextKind.Identifier),
            "各类来源", "the kinds of source"),
        Must("at_least", Amount(), "至少几类", "how many kinds"),
        Must("within", Wait, "与第一个成员相差的时间", "the time from the first member"),
        May("radius", Distance, "与第一个成员相距的距离", "the distance from the first member", "any"),
        May("near", Expression, "成员的位置", "the position of a member", "event.geo"),
        Must("quiet", Wait, "多久没有新成员则恢复", "clears after so long without a new member"));

    internal static readonly MappingShape Baseline = Mapping("baseline",
        Must("of", Expression, "观察的数值", "the number"),
        Must("method", Word("ewma", "seasonal", "mad"), "方法", "the method"),
        May("season", Duration, "周期", "the season, of a seasonal baseline", "1d", "7d"),
        May("bucket", Duration, "周期内的时间格", "the parts of a season", "1h", "15m"),
        May("half_life", Duration, "半衰期", "after so long a sample weighs half", "7d"),
        Must("warmup", Wait, "预热期，其间不触发", "nothing fires during this time"),
        Must("when", Condition, "关于 baseline.score 的条件", "the condition over baseline.score"),
        May("clear", Clear, "恢复条件", "clears when", "when is seen false"));

    internal static readonly MappingShape Detect = OneOf("detect",
        May("each", Each, "逐个事件", "each event"), May("hold", Hold, "持续成立", "a condition that holds"),
        May("count", Count, "次数", "how many in a window"), May("distinct", Distinct, "不同取值数", "how many different ones in a window"),
        May("aggregate", Aggregate, "统计值", "a statistic of a window"), May("change", Change, "变化", "change over time"),
        May("absence", Absence, "无数据", "silence"), May("sequence", Sequence, "先后发生", "one after the other"),
        May("correlate", Correlate, "多源印证", "several sources"), May("baseline", Baseline, "偏离常态", "away from the usual"));
}
