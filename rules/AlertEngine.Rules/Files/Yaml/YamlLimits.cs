namespace AlertEngine.Rules.Files.Yaml;

/// <summary>The limits on a YAML file: hostile input meets an error, never a hang or an overflow of the stack. Immutable.</summary>
public sealed record YamlLimits
{
    /// <summary>The usual limits.</summary>
    public static YamlLimits Default { get; } = new();

    /// <summary>The longest text, in UTF-16 units. Default 16 Mi: 10,000 rules take about four.</summary>
    public int LengthChars { get; init; } = 16 * 1024 * 1024;

    /// <summary>The deepest nesting of mappings and sequences. Default 32: a rule needs ten.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>The most nodes. Default 4,000,000.</summary>
    public int Nodes { get; init; } = 4_000_000;
}
