using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>What is wrong with what an operand is worth.</summary>
internal sealed record OperandFault(DiagnosticCode Code, string MessageEn);

/// <summary>
/// What the windows, waits and thresholds of one rule must be worth. Operands may be reckoned from <c>params</c>, so the same questions are asked
/// of the declared values and of every override that sets one: a window of nothing is refused at load, wherever it comes from, and not met at run
/// time event by event.
/// </summary>
internal sealed class OperandChecks
{
    private readonly List<(YamlNode Place, Func<CelFrame, OperandFault?> Ask)> _checks = [];

    /// <summary>Adds a question. It is asked with nothing but <c>params</c> in the frame.</summary>
    public void Add(YamlNode place, Func<CelFrame, OperandFault?> ask) => _checks.Add((place, ask));

    /// <summary>What is wrong under these values of <c>params</c>, each with the place of the operand.</summary>
    public ImmutableArray<(YamlNode Place, OperandFault Fault)> FaultsUnder(CelValue[] parameters)
    {
        CelFrame frame = FrameOf(parameters);
        return [.. _checks.Select(check => (check.Place, Fault: check.Ask(frame))).Where(found => found.Fault is not null).Select(found => (found.Place, found.Fault!))];
    }

    /// <summary>A frame in which only <c>params</c> are known.</summary>
    public static CelFrame FrameOf(CelValue[] parameters)
    {
        CelFrame frame = new(FrameRecords.Count);
        frame.Records[FrameRecords.Params] = parameters;
        return frame;
    }
}
