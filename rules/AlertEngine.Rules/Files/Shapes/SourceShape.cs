using static AlertEngine.Rules.Files.Shapes.Vocabulary;

namespace AlertEngine.Rules.Files.Shapes;

/// <summary>The shape of a source, of a rule or of a part of a detector.</summary>
internal static class SourceShape
{
    internal static readonly MappingShape Source = Mapping("a source",
        May("type", Texts, "事件类型", "event types", "any"),
        May("device", Texts, "设备", "devices", "any"),
        May("district", Texts, "区", "districts", "any"),
        May("street", Texts, "街道", "streets", "any"),
        May("source", Texts, "事件来源", "CloudEvents sources", "any"),
        May("alert", Texts, "以这些规则的告警为来源（须 scope: city）", "takes the alerts of these rules (needs scope: city)"));
}
