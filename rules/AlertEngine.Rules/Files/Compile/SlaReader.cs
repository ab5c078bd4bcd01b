using System.Collections.Frozen;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads SLA profiles, named or inline.</summary>
internal static class SlaReader
{
    /// <summary>The named profiles under <c>sla</c>.</summary>
    public static FrozenDictionary<string, SlaPlan> ReadAll(YamlMapping root, Action<YamlScalar, string> checkCalendar, SourceText source, DiagnosticBag diagnostics) =>
        root.Entries("sla").Where(entry => entry.Value is YamlMapping).ToFrozenDictionary(
            entry => entry.Key.Value, entry => Read((YamlMapping)entry.Value, entry.Key.Value, checkCalendar, source, diagnostics), StringComparer.Ordinal);

    /// <summary>One profile. The calendar <c>none</c> is elapsed time.</summary>
    public static SlaPlan Read(YamlMapping block, string? name, Action<YamlScalar, string> checkCalendar, SourceText source, DiagnosticBag diagnostics)
    {
        YamlScalar? calendar = block.Scalar("calendar");
        bool hasCalendar = calendar is not null && calendar.Value != "none";
        if (hasCalendar)
            checkCalendar(calendar!, calendar!.Value);
        SlaPlan plan = new(name, Limit(block, "acknowledge"), Limit(block, "arrive"), Limit(block, "resolve"), hasCalendar ? calendar!.Value : null);
        foreach (string key in new[] { "acknowledge", "arrive", "resolve" })
        {
            if (!hasCalendar && Limit(block, key) is { Unit: not SlaUnit.Hours })
                diagnostics.Report(FileCodes.CalendarNeeded, source, block.Scalar(key)!.Span, $"'{block.Text(key)}' counts work time; name a calendar");
        }

        return plan;
    }

    private static SlaLimit? Limit(YamlMapping block, string key) => block.Text(key) is { } text ? LimitText.Parse(text) : null;
}
