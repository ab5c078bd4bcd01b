using System.Collections.Immutable;
using System.Text;

namespace AlertEngine.Integration.Tests.BadInput;

/// <summary>A broken event of each kind, with the code that its dead letter must have.</summary>
internal sealed record BadEvent(string Kind, string Code, byte[] Line);

/// <summary>Events for the test city, good and broken.</summary>
internal static class BadEvents
{
    /// <summary>Every kind.</summary>
    public static ImmutableArray<BadEvent> All { get; } =
    [
        new("invalid UTF-8", "invalid-utf8", [.. Encoding.UTF8.GetBytes(Event("u").TrimEnd('}')), (byte)',', (byte)'"', 0xC3, 0x28, .. "\":1}}"u8]),
        new("a value of 5 MB", "too-large", Bytes(Event("m", data: $$"""{"level_m":3.5,"note":"{{new string('x', 5_000_000)}}"}"""))),
        new("nesting 10,000 deep", "too-deep", Bytes(Event("n", data: $$"""{"level_m":3.5,"deep":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""))),
        new("a number beyond a double", "invalid-field", Bytes(Event("b", data: """{"level_m":1e999}"""))),
        .. new[] { "specversion", "id", "source", "type", "subject", "time" }.Select(Without),
        new("an attribute twice", "duplicate-member", Bytes(Event("d", more: "\"id\":\"again\","))),
        new("an extension attribute twice", "duplicate-member", Bytes(Event("e", more: "\"district\":\"B\","))),
        new("a time without offset", "time-without-offset", Bytes(Event("t", time: "2026-07-01T08:00:00"))),
        new("a time years ahead", "time-ahead", Bytes(Event("y", time: "2036-07-01T08:00:00+08:00"))),
        new("an unknown district", "unknown-district", Bytes(Event("k", district: "Z"))),
        new("no district and no place", "unresolved", Bytes(Event("p", district: null))),
        new("no JSON", "invalid-json", "<event/>"u8.ToArray()),
        new("half an event", "invalid-json", Bytes(Event("h")[..90])),
        new("a field of another type", "invalid-field", Bytes(Event("f", data: """{"level_m":"high"}"""))),
        new("the id of an event with other data", "conflict", Bytes(Event("good-0", data: """{"level_m":9.9}"""))),
    ];

    /// <summary>What is no event at all, and no fault either.</summary>
    public static ImmutableArray<byte[]> EmptyLines { get; } = [[], [.. " \t "u8], [.. "\r"u8]];

    /// <summary>An event of a type that no rule file knows: accepted, and of no consequence.</summary>
    public static byte[] OfUnknownType(int number) => Bytes(Event($"unknown-{number}", type: "never.heard.of"));

    /// <summary>An event that opens an alert of its own.</summary>
    public static byte[] Good(int number) => Bytes(Event($"good-{number}"));

    private static BadEvent Without(string attribute)
    {
        string whole = Event("w-" + attribute);
        int from = whole.IndexOf($"\"{attribute}\":", StringComparison.Ordinal), until = whole.IndexOf(',', from) + 1;
        return new($"no {attribute}", "missing-attribute", Bytes(whole[..from] + whole[until..]));
    }

    private static string Event(
        string id, string? district = "A", string type = "water.level", string time = "2026-07-01T08:00:00+08:00", string more = "", string data = """{"level_m":3.5}""")
    {
        string place = district is null ? "" : $"\"district\":\"{district}\",";
        return $$"""{"specversion":"1.0","id":"{{id}}","source":"/tests","type":"{{type}}","subject":"dev-{{id}}","time":"{{time}}",{{place}}{{more}}"data":{{data}}}""";
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
