using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Yaml;

/// <summary>A node of a YAML document, which knows where it stands. Compared by reference; immutable.</summary>
public abstract class YamlNode
{
    private protected YamlNode(TextSpan span) => Span = span;

    /// <summary>Where it stands in its source.</summary>
    public TextSpan Span { get; }
}

/// <summary>How a scalar was written.</summary>
public enum YamlStyle
{
    /// <summary>Without quotes: the only style in which <c>true</c>, <c>12</c> and <c>null</c> are not texts.</summary>
    Plain = 0,

    /// <summary>In apostrophes.</summary>
    SingleQuoted,

    /// <summary>In quotation marks.</summary>
    DoubleQuoted,

    /// <summary>A literal block, <c>|</c>.</summary>
    Literal,

    /// <summary>A folded block, <c>&gt;</c>.</summary>
    Folded,
}

/// <summary>A scalar.</summary>
public sealed class YamlScalar : YamlNode
{
    internal YamlScalar(string value, YamlStyle style, TextSpan span)
        : base(span)
    {
        Value = value;
        Style = style;
    }

    /// <summary>The text, unescaped and folded.</summary>
    public string Value { get; }

    /// <summary>How it was written.</summary>
    public YamlStyle Style { get; }

    /// <summary>Whether it is YAML 1.2's null: written plain, and empty or <c>null</c>.</summary>
    public bool IsNull => Style == YamlStyle.Plain && CoreSchema.IsNull(Value);
}

/// <summary>A sequence.</summary>
public sealed class YamlSequence : YamlNode
{
    internal YamlSequence(ImmutableArray<YamlNode> items, bool isFlow, TextSpan span)
        : base(span)
    {
        Items = items;
        IsFlow = isFlow;
    }

    /// <summary>The items, in order.</summary>
    public ImmutableArray<YamlNode> Items { get; }

    /// <summary>Whether it was written in brackets.</summary>
    public bool IsFlow { get; }
}

/// <summary>A key of a mapping with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>A mapping whose keys are scalars, each occurring once.</summary>
public sealed class YamlMapping : YamlNode
{
    internal YamlMapping(ImmutableArray<YamlEntry> entries, bool isFlow, TextSpan span)
        : base(span)
    {
        Entries = entries;
        IsFlow = isFlow;
    }

    /// <summary>The entries, in the order of the file.</summary>
    public ImmutableArray<YamlEntry> Entries { get; }

    /// <summary>Whether it was written in braces.</summary>
    public bool IsFlow { get; }

    /// <summary>The entry of that key, or null. Mappings of rule files are small: a linear search beats a dictionary.</summary>
    public YamlEntry? Entry(string key)
    {
        foreach (YamlEntry entry in Entries)
        {
            if (entry.Key.Value == key)
                return entry;
        }

        return null;
    }

    /// <summary>The value of that key, or null.</summary>
    public YamlNode? Find(string key) => Entry(key)?.Value;
}
