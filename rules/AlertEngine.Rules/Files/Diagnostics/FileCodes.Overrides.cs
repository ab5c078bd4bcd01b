using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <content>Overrides: AE2090 to AE2109.</content>
public static partial class FileCodes
{
    internal static readonly DiagnosticCode OverridePath = Error("AE2090", "不能覆盖的内容", "nothing that an override may set",
        "覆盖只能设置 params.*、stage、severity.*、routes、sla、exceptions.名称.values，不能改条件。",
        "Overrides set params.*, stage, severity.*, routes, sla and exceptions.NAME.values; never a condition.");

    internal static readonly DiagnosticCode OverrideOverlap = Error("AE2091", "覆盖冲突", "two overrides of one thing for the same place",
        "选择范围重叠的两条覆盖设置了同一项；没有“后者优先”。", "Two overrides with overlapping selection set the same thing; there is no 'last one wins'.");

    internal static readonly DiagnosticCode OverrideExpired = Warning("AE2092", "覆盖已过期", "an expired override",
        "该覆盖已不起作用：延长 expires 或删除它。", "The override has no effect any more: extend 'expires' or remove it.");

    internal static readonly DiagnosticCode OverrideEndless = Warning("AE2093", "覆盖没有期限", "an override without an end",
        "覆盖须写明负责单位、原因和期限；没有 expires 的覆盖会被遗忘。", "Overrides carry owner, reason and expiry; one without 'expires' is forgotten and stays.");

    private static readonly ImmutableArray<DiagnosticCode> OverrideCodes = [OverridePath, OverrideOverlap, OverrideExpired, OverrideEndless];
}
