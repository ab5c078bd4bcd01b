using System.Collections.Immutable;
using System.Text;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>Records of every kind that cannot become an event, in both modes.</summary>
internal static class BrokenRecords
{
    /// <summary>The event that <c>conflict</c> contradicts; it is good, and must be sent before.</summary>
    public static SentRecord Contradicted { get; } = SentRecord.Binary("good", null, "contradicted");

    /// <summary>An event of a district that becomes known later.</summary>
    public static SentRecord OfUnknownDistrict { get; } = SentRecord.Structured("an unknown district", "unknown-district", FireService.Event("b-unknown", "SD-b-unknown", "320199"));

    /// <summary>Every kind.</summary>
    public static ImmutableArray<SentRecord> All { get; } =
    [
        SentRecord.Structured("no UTF-8", "invalid-utf8", [.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
        SentRecord.Structured("half an object", "invalid-json", "{"),
        SentRecord.Structured("no object", "invalid-json", "<event/>"),
        SentRecord.Structured("nested too deep", "too-deep", Changed("b-deep", "9.5", new string('[', 100) + new string(']', 100))),
        SentRecord.Structured("a member twice", "duplicate-member", Changed("b-twice", "9.5", "9.5,\"level\":1.0")),
        SentRecord.Structured("no id", "missing-attribute", """{"specversion":"1.0","source":"/test","type":"fire.alarm","subject":"SD-b","time":"2026-07-01T08:00:00+08:00","data":{}}"""),
        SentRecord.Structured("another version", "invalid-attribute", Changed("b-version", "\"1.0\"", "\"0.3\"")),
        SentRecord.Structured("a time without offset", "time-without-offset", Changed("b-offset", "+08:00", "")),
        SentRecord.Structured("a time years ahead", "time-ahead", Changed("b-ahead", "2026-07-01", "2099-07-01")),
        SentRecord.Structured("a field of another type", "invalid-field", Changed("b-type", "9.5", "\"high\"")),
        SentRecord.Structured("a number beyond a double", "invalid-field", Changed("b-infinite", "9.5", "1e999")),
        SentRecord.Structured("no district and no place", "unresolved", Changed("b-nowhere", "\"district\":\"320106\",", "")),
        SentRecord.Structured("too late to matter", "expired", Changed("b-expired", "\"district\"", "\"expirytime\":\"2026-07-01T08:00:01+08:00\",\"district\"")),
        OfUnknownDistrict,
        SentRecord.Structured("the id of another event", "conflict", FireService.Event("contradicted", "SD-contradicted", "320106").Replace("9.5", "1.0", StringComparison.Ordinal)),
        SentRecord.Binary("binary: data that are no JSON", "invalid-json", "b-data", "level=9.5"),
        SentRecord.Binary("binary: no type", "missing-attribute", "b-no-type", changed: ("type", null)),
        SentRecord.Binary("binary: a header that is no UTF-8", "invalid-utf8", "b-header", changed: ("subject", [0xC3, 0x28])),
        SentRecord.Binary("binary: a time without offset", "time-without-offset", "b-binary-offset", changed: ("time", "2026-07-01T08:00:00"u8.ToArray())),
        SentRecord.Binary("binary: an unknown district", "unknown-district", "b-binary-unknown", changed: ("district", "320198"u8.ToArray())),
    ];

    private static string Changed(string id, string from, string to)
    {
        string good = FireService.Event(id, $"SD-{id}", "320106"), changed = good.Replace(from, to, StringComparison.Ordinal);
        return changed == good ? throw new InvalidOperationException($"{from} is not in {good}") : changed;
    }
}
