using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads severities, of a rule or of an override of it, which may stand in another file.</summary>
internal sealed class SeverityReader(RuleContext rule, SourceText source, Expressions names)
{
    public static Severity? Word(string? text) => text switch
    {
        "blue" => Severity.Blue,
        "yellow" => Severity.Yellow,
        "orange" => Severity.Orange,
        "red" => Severity.Red,
        _ => null,
    };

    /// <summary>The <c>severity</c> of a rule; null where something is wrong, which is reported.</summary>
    public SeverityPlan? Read(YamlMapping? block) =>
        block is not null && Word(block.Text("base")) is { } severity && Raises(block.Maps("raise"), severity) is { } raises ? new SeverityPlan(severity, raises) : null;

    /// <summary>The items of a list <c>raise</c>; null where something is wrong.</summary>
    public ImmutableArray<SeverityRaise>? Raises(IEnumerable<YamlMapping> items, Severity above)
    {
        ImmutableArray<SeverityRaise>.Builder raises = ImmutableArray.CreateBuilder<SeverityRaise>();
        bool isFine = true;
        foreach (YamlMapping item in items)
        {
            CelExpression? when = names.Compile(item.Scalar("when"), CelType.Bool);
            Severity? to = Word(item.Text("to"));
            isFine &= when is not null && to is not null;
            if (to <= above)
                rule.Diagnostics.Report(FileCodes.UselessRaise, source, ShapeChecker.HeadOf(item.Scalar("to")!), $"'{item.Text("to")}' is not above the base");
            if (when is not null && to is not null)
                raises.Add(new SeverityRaise(when.ToCondition(), to.Value));
        }

        return isFine ? raises.DrainToImmutable() : null;
    }
}
