using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Matching;

/// <summary><c>ctx</c>: what expressions know of the city's present state.</summary>
public static class ContextRecord
{
    /// <summary><c>ctx.mode</c>: <c>normal</c> or <c>emergency</c>.</summary>
    public const int Mode = 0;

    /// <summary><c>ctx.scenes</c>: the ids of the scenes that are on.</summary>
    public const int Scenes = 1;

    /// <summary><c>ctx.holiday</c>: whether the local day is a public holiday.</summary>
    public const int Holiday = 2;

    /// <summary><c>ctx.workday</c>: whether the local day is a working day, make-up days included.</summary>
    public const int Workday = 3;

    /// <summary><c>ctx.tz</c>: the city's zone, as the zone argument of time functions.</summary>
    public const int Zone = 4;

    /// <summary>The record's type.</summary>
    public static CelRecordType Type { get; } = new("ctx", FrameRecords.Context,
    [
        new CelField("mode", CelType.String, Mode),
        new CelField("scenes", CelType.List(CelType.String), Scenes),
        new CelField("holiday", CelType.Bool, Holiday),
        new CelField("workday", CelType.Bool, Workday),
        new CelField("tz", CelType.String, Zone),
    ]);
}

/// <summary><c>alert</c>: what routes know of the alert.</summary>
public static class AlertRecord
{
    /// <summary><c>alert.severity</c>: <c>blue</c>, <c>yellow</c>, <c>orange</c>, <c>red</c>.</summary>
    public const int Severity = 0;

    /// <summary><c>alert.rule</c>: the rule's id.</summary>
    public const int Rule = 1;

    /// <summary><c>alert.key</c>.</summary>
    public const int Key = 2;

    /// <summary><c>alert.district</c>.</summary>
    public const int District = 3;

    /// <summary><c>alert.merged_count</c>.</summary>
    public const int MergedCount = 4;

    /// <summary><c>alert.late</c>.</summary>
    public const int Late = 5;

    /// <summary>The record's type.</summary>
    public static CelRecordType Type { get; } = new("alert", FrameRecords.Alert,
    [
        new CelField("severity", CelType.String, Severity),
        new CelField("rule", CelType.String, Rule),
        new CelField("key", CelType.String, Key),
        new CelField("district", CelType.String, District),
        new CelField("merged_count", CelType.Int, MergedCount),
        new CelField("late", CelType.Bool, Late),
    ]);
}
