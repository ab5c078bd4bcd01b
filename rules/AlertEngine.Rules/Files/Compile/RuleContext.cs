using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>What the compilers of a rule's parts share. Not thread-safe.</summary>
internal sealed class RuleContext
{
    public required RuleBlock Block { get; init; }

    public required CityModel City { get; init; }

    public required LoadOptions Options { get; init; }

    public required DiagnosticBag Diagnostics { get; init; }

    public required LayoutTable Layouts { get; init; }

    public required ParamTable Params { get; init; }

    /// <summary>Lists, macros and <c>params</c>: what windows, waits and thresholds may be reckoned from.</summary>
    public required Expressions Operands { get; init; }

    /// <summary>The slots of events that the rule's expressions read.</summary>
    public required SortedSet<int> EventReads { get; init; }

    /// <summary>What the operands must be worth.</summary>
    public OperandChecks Checks { get; init; } = new();

    /// <summary>Operands and <c>ctx</c>: what <c>active</c> is asked of.</summary>
    public required Expressions Gate { get; init; }

    /// <summary>All names but <c>event</c>, whose type depends on the source, and those of the detector.</summary>
    public required Expressions Names { get; init; }

    /// <summary>The rule behind its <c>where</c>: no event comes further of which it does not hold.</summary>
    public RuleContext Behind(CelExpression where) => new()
    {
        Block = Block,
        City = City,
        Options = Options,
        Diagnostics = Diagnostics,
        Layouts = Layouts,
        Params = Params,
        Operands = Operands,
        Checks = Checks,
        EventReads = EventReads,
        Gate = Gate,
        Names = Names.Where(where),
    };

    public YamlMapping Node => Block.Node;

    public SourceText Source => Block.File.Source;

    public void Report(DiagnosticCode code, YamlNode node, string messageEn, string? near = null) =>
        Diagnostics.ReportNear(code, Source, ShapeChecker.HeadOf(node), messageEn, near);

    /// <summary>
    /// Names of sensitive fields that an expression reads, of whatever type: a name that is sensitive in one type is kept back everywhere, because a
    /// condition may be asked when no event is there that would tell its type.
    /// </summary>
    public ImmutableArray<string> SensitiveFieldsOf(CelExpression expression) =>
        [.. expression.Reads.Select(use => use.Field.Name).Distinct().Where(name => Layouts.Types.Values.Any(type => type.Fields.Any(field => field.IsSensitive && field.Name == name)))];

    /// <summary>Reports a value that would be known by a name that nobody masks.</summary>
    public void RefuseSensitive(YamlScalar? scalar, CelExpression? expression)
    {
        if (scalar is not null && expression is not null && !SensitiveFieldsOf(expression).IsEmpty)
            Report(FileCodes.SensitiveAlias, scalar, $"'{scalar.Value}' is sensitive; under another name it would not be masked");
    }

    /// <summary>Reports a mode that the city does not have.</summary>
    public void CheckMode(YamlScalar? mode)
    {
        if (mode is not null && !City.HasMode(mode.Value))
            ReportUnknown(FileCodes.UnknownMode, mode, "mode", City.Modes.Keys.Append(City.DefaultMode));
    }

    /// <summary>Reports a name that leads nowhere, with the nearest one that does.</summary>
    public void ReportUnknown(DiagnosticCode code, YamlScalar name, string what, IEnumerable<string> known) =>
        Report(code, name, $"no {what} '{name.Value}'", Suggestion.Nearest(name.Value, known));
}
