using System.Collections.Immutable;

namespace AlertEngine.Engine.Publish;

/// <summary>A list of which a digest names the first and counts all.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="First">The first of them, in the order of their texts.</param>
internal sealed record DigestList(int Count, ImmutableArray<string> First)
{
    /// <summary>So many are named; more nobody reads.</summary>
    public const int Named = 50;

    /// <summary>Nothing.</summary>
    public static DigestList None { get; } = new(0, []);

    /// <summary>A list of these.</summary>
    public static DigestList Of(IEnumerable<string> all)
    {
        ImmutableArray<string> sorted = [.. all.Order(StringComparer.Ordinal)];
        return new DigestList(sorted.Length, [.. sorted.Take(Named)]);
    }

    /// <summary>Several together.</summary>
    public static DigestList Sum(IEnumerable<DigestList> lists)
    {
        ImmutableArray<DigestList> all = [.. lists];
        return new DigestList(all.Sum(list => list.Count), [.. all.SelectMany(list => list.First).Order(StringComparer.Ordinal).Take(Named)]);
    }
}
