using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads severities.</summary>
internal static class SeverityReader
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
    public static SeverityPlan? Read(RuleContext rule, YamlMapping? block, Expressions names) =>
        block is not null && Word(block.Text("base")) is { } severity && Raises(rule, block, severity, names) is { } raises ? new SeverityPlan(severity, raises) : null;

    /// <summary>The list <c>raise</c>; null where something is wrong.</summary>
    public static ImmutableArray<SeverityRaise>? Raises(RuleContext rule, YamlMapping block, Severity above, Expressions names)
    {
        ImmutableArray<SeverityRaise>.Builder raises = ImmutableArray.CreateBuilder<SeverityRaise>();
        bool isFine = true;
        foreach (YamlMapping item in block.Maps("raise"))
        {
            CelExpression? when = names.Compile(item.Scalar("when"), CelType.Bool);
            Severity? to = Word(item.Text("to"));
            isFine &= when is not null && to is not null;
            if (to <= above)
                rule.Report(FileCodes.UselessRaise, item.Scalar("to")!, $"'{item.Text("to")}' is not above the base");
            if (when is not null && to is not null)
                raises.Add(new SeverityRaise(when.ToCondition(), to.Value));
        }

        return isFine ? raises.DrainToImmutable() : null;
    }
}
