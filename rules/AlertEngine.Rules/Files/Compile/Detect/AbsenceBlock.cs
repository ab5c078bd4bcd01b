using System.Collections.Immutable;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Absence;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>absence</c>.</summary>
internal static class AbsenceBlock
{
    public static Detector? Compile(DetectBlock block)
    {
        if (block.Span("for") is not { } wait || block.Node.Map("population") is not { } population)
            return null;
        AbsenceOptions options = new(wait)
        {
            Registry = block.Condition(population, "registry", "absence.population", block.Rule.Names),
            List = Members(block, population),
            Seen = Seen(block, population, wait),
            Stall = block.Node.Number("stall") ?? 0.5,
            Clear = Clear(block),
        };
        bool isKnown = options.Registry is not null || !options.List.IsDefault || options.Seen is not null;
        return isKnown && block.IsFine("clear", options.Clear) ? new AbsenceDetector(options) : null;
    }

    private static ImmutableArray<string> Members(DetectBlock block, YamlMapping population)
    {
        if (population.Scalar("list") is not { } name)
            return default;
        if (block.Rule.Block.Pack.Find(pack => pack.Lists, name.Value) is { } list)
            return [.. list.Block.Scalars("items").Select(item => item.Value).Distinct(StringComparer.Ordinal)];
        block.Rule.ReportUnknown(FileCodes.UnknownList, name, "list", block.Rule.Block.Pack.All(pack => pack.Lists).Select(found => found.Key.Value));
        return default;
    }

    private static DurationOperand? Seen(DetectBlock block, YamlMapping population, DurationOperand wait)
    {
        if (block.Wait(population, "seen") is not { } seen)
            return null;
        block.Require(population.Scalar("seen")!, frame => seen.TryRead(frame, out long seenTicks) && wait.TryRead(frame, out long waitTicks) && seenTicks < waitTicks
            ? new OperandFault(FileCodes.OutOfRange, $"a member would be forgotten before it is silent for {DurationText.Format(Duration.FromTicks(waitTicks))}")
            : null);
        return seen;
    }

    private static AbsenceClear? Clear(DetectBlock block) =>
        block.Node.Map("clear") is { } clear && clear.Integer("events") is { } events && block.Span(clear, "within") is { } within ? new AbsenceClear(events, within) : null;
}
