namespace AlertEngine.Rules.Cel;

/// <summary>A place in a source, in UTF-16 units.</summary>
/// <param name="Start">Where it begins, from 0.</param>
/// <param name="Length">How long it is.</param>
public readonly record struct CelSpan(int Start, int Length)
{
    /// <summary>Where it ends, exclusive.</summary>
    public int Until => Start + Length;

    /// <summary>The smallest place that covers both.</summary>
    public CelSpan To(CelSpan last) => new(Start, Math.Max(Until, last.Until) - Start);
}
