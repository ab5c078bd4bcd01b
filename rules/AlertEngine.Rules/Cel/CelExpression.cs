namespace AlertEngine.Rules.Cel;

/// <summary>A checked expression: typed, compiled on demand, and explainable. Immutable and thread-safe.</summary>
public sealed partial class CelExpression
{
    /// <summary>The text it was compiled from.</summary>
    public string Source { get; }

    /// <summary>The type of its value.</summary>
    public CelType Type { get; }

    internal CelExpression(string source, CelType type)
    {
        Source = source;
        Type = type;
    }
}
