namespace AlertEngine.Rules.Files.Yaml;

/// <summary>A place in a <see cref="SourceText"/>, in UTF-16 units.</summary>
/// <param name="Start">Where it begins, from 0.</param>
/// <param name="Length">How long it is, at least 0.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Where it ends, exclusive.</summary>
    public int Until => Start + Length;

    /// <summary>The place between two offsets.</summary>
    public static TextSpan Between(int start, int until) => new(start, Math.Max(0, until - start));
}
