using static AlertEngine.Rules.Files.Shapes.Vocabulary;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>The shape of an SLA, in rule files and in the city file.</summary>
internal static class SlaShape
{
    internal static readonly MappingShape Sla = Mapping("an SLA",
        May("acknowledge", Limit, "签收时限", "until acknowledged", example: "10m"),
        May("arrive", Limit, "到场时限", "until on site", example: "30m"),
        May("resolve", Limit, "办结时限", "until resolved", example: "1wd"),
        May("calendar", Text, "计算工作时、工作日所用的日历；none 表示自然时间", "the calendar of work hours and workdays; none: elapsed time", "none"));
}
