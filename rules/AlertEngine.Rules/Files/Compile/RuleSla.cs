using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Finds the SLA of a rule or of an override of it: inline, of the pack, or of the city file.</summary>
internal sealed class RuleSla(RuleContext rule, SourceText source)
{
    /// <summary>The SLA; null where none is stated or it is wrong, which is reported.</summary>
    public SlaPlan? Read(YamlNode? node) => node switch
    {
        YamlMapping inline => ReadBlock(inline, null, source),
        YamlScalar { IsNull: false } name => Named(name),
        _ => null,
    };

    private SlaPlan? Named(YamlScalar name)
    {
        if (rule.Block.Pack.Find(pack => pack.Slas, name.Value) is { } definition)
            return ReadBlock(definition.Block, name.Value, definition.File.Source);
        if (rule.City.Slas.TryGetValue(name.Value, out SlaPlan? plan))
            return plan;
        if (rule.City.AcceptsEverything)
            return new SlaPlan(name.Value, null, null, null, null);
        IEnumerable<string> known = rule.City.Slas.Keys.Concat(rule.Block.Pack.All(pack => pack.Slas).Select(found => found.Key.Value));
        rule.Diagnostics.ReportNear(FileCodes.UnknownSla, source, name.Span, $"no SLA '{name.Value}'", Suggestion.Nearest(name.Value, known));
        return null;
    }

    private SlaPlan ReadBlock(YamlMapping block, string? name, SourceText file) => SlaReader.Read(block, name, (calendar, id) =>
    {
        if (!rule.City.AcceptsEverything && !rule.City.Calendars.ContainsKey(id))
            rule.Diagnostics.Report(FileCodes.UnknownCalendar, file, calendar.Span, $"no calendar '{id}'");
    }, file, rule.Diagnostics);
}
