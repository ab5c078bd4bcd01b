using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Publish;

/// <summary>What became of an output that was held against its topic's limit.</summary>
public enum OutputFit
{
    /// <summary>It fits.</summary>
    Fits = 0,

    /// <summary>It was trimmed by the rules of <see cref="OutputTrim"/>, and says so.</summary>
    Trimmed,

    /// <summary>A dead letter stands for it.</summary>
    Replaced,
}

/// <summary>
/// Keeps outputs below what their topics take. An order or alert loses what explains it before it is given up; everything else that is too large
/// becomes a dead letter. The same output gives the same bytes. Pure.
/// </summary>
public sealed class OutputBounds(OutputLimits limits, string ruleSetHash)
{
    /// <summary>The code of dead letters that stand for outputs too large.</summary>
    public const string TooLargeCode = "output-too-large";

    /// <summary>The output as it may go out.</summary>
    public Output Bound(Output output, out OutputFit fit)
    {
        int limitBytes = limits.Of(output.Topic);
        fit = OutputFit.Fits;
        if (output.Value.Length <= limitBytes)
            return output;
        if (output.Kind is OutputKind.WorkOrder or OutputKind.Alert && OutputTrim.Apply(output.Value, limitBytes) is { } trimmed)
        {
            fit = OutputFit.Trimmed;
            return output with { Value = trimmed };
        }

        fit = OutputFit.Replaced;
        string message = $"an output of {output.Value.Length} bytes for {output.Topic}, which takes {limitBytes}";
        return OutputLetter.Write(output, null, TooLargeCode, message, ruleSetHash, limits.Of(DeadLetterWriter.Topic));
    }
}
