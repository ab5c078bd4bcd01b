using System.Collections.Immutable;

namespace AlertEngine.Engine.Publish;

/// <summary>The city's digest: the sum of its districts' and of the city's own orders, and who told nothing. Immutable.</summary>
/// <param name="Numbers">All together.</param>
/// <param name="ByDistrict">Each by itself, the city's own orders under the city's code.</param>
/// <param name="Missing">Districts of the city file that had told none by then.</param>
internal sealed record CityDigest(DigestNumbers Numbers, ImmutableSortedDictionary<string, DigestNumbers> ByDistrict, ImmutableArray<string> Missing)
{
    /// <summary>The digest of what was told.</summary>
    /// <param name="told">What the districts told.</param>
    /// <param name="city">The city's code.</param>
    /// <param name="own">The numbers of the city's own orders.</param>
    /// <param name="districts">The districts of the city file.</param>
    public static CityDigest Of(IReadOnlyDictionary<string, DigestNumbers> told, string city, DigestNumbers own, IEnumerable<string> districts)
    {
        ImmutableSortedDictionary<string, DigestNumbers> all = told.ToImmutableSortedDictionary(StringComparer.Ordinal).SetItem(city, own);
        return new CityDigest(DigestNumbers.Sum([.. all.Values], own.AtTicks), all, [.. districts.Where(district => !told.ContainsKey(district)).Order(StringComparer.Ordinal)]);
    }
}
