using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace AlertEngine.Rules.Cel.Conformance;

/// <summary>Values as the conformance files write them: <c>{"t": kind, "v": …}</c>.</summary>
internal static class ConformanceValues
{
    private static readonly FrozenSet<string> Keys = new[] { "t", "v", "seconds", "nanos" }.ToFrozenSet(StringComparer.Ordinal);

    internal static CelValue Parse(JsonElement element)
    {
        ConformanceTest.RequireKnown(element, Keys);
        var kind = element.GetProperty("t").GetString();
        return kind switch
        {
            "null" => CelValue.Null,
            "bool" => CelValue.Of(Content(element).GetBoolean()),
            "int" => CelValue.Of(long.Parse(Text(element), CultureInfo.InvariantCulture)),
            "uint" => CelValue.Of(ulong.Parse(Text(element), CultureInfo.InvariantCulture)),
            "double" => CelValue.Of(Double(Text(element))),
            "string" => CelValue.Of(Text(element)),
            "bytes" => CelValue.Bytes(Convert.FromBase64String(Text(element))),
            "type" => CelValue.OfType(Text(element)),
            "list" => CelValue.Of(new CelList([.. Content(element).EnumerateArray().Select(Parse)])),
            "map" => CelValue.Map(Content(element).EnumerateArray().Select(entry => KeyValuePair.Create(Parse(entry[0]), Parse(entry[1])))),
            "duration" => CelValue.Of(Duration.FromSeconds(Seconds(element)) + Duration.FromNanoseconds(Nanos(element))),
            "timestamp" => CelValue.Of(Instant.FromUnixTimeSeconds(Seconds(element)) + Duration.FromNanoseconds(Nanos(element))),
            _ => throw new FormatException($"unknown kind '{kind}'"),
        };
    }

    /// <summary>Whether two values are the same, kind by kind: int 1 is not uint 1 here. Any NaN is any NaN.</summary>
    internal static bool AreSame(CelValue expected, CelValue actual)
    {
        if (expected.Kind != actual.Kind)
            return false;
        return expected.Kind switch
        {
            CelKind.Double => expected.AsDouble.Equals(actual.AsDouble) || expected.AsDouble == actual.AsDouble,
            CelKind.List => ListsAreSame(expected.AsList!, actual.AsList!),
            CelKind.Map => MapsAreSame(expected.AsMap!, actual.AsMap!),
            CelKind.Optional => OptionalsAreSame(expected.AsOptional!, actual.AsOptional!),
            _ => CelEquality.AreEqual(expected, actual),
        };
    }

    // Any NaN is any NaN, inside an optional as well.
    private static bool OptionalsAreSame(CelOptional expected, CelOptional actual) =>
        expected.HasValue == actual.HasValue && (!expected.HasValue || AreSame(expected.Value, actual.Value));

    private static bool ListsAreSame(CelList expected, CelList actual) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair => AreSame(pair.First, pair.Second));

    private static bool MapsAreSame(CelMap expected, CelMap actual) => expected.Count == actual.Count
        && expected.All(entry => actual.Any(other => AreSame(entry.Key, other.Key) && AreSame(entry.Value, other.Value)));

    private static JsonElement Content(JsonElement element) => element.GetProperty("v");

    private static string Text(JsonElement element) => Content(element).GetString()!;

    private static long Seconds(JsonElement element) => long.Parse(element.GetProperty("seconds").GetString()!, CultureInfo.InvariantCulture);

    private static long Nanos(JsonElement element) => element.GetProperty("nanos").GetInt64();

    private static double Double(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
