using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>A record as an integrator sends it, and the reason for which it must come back; null where it is good.</summary>
internal sealed record SentRecord(string Kind, string? Code, byte[] Value, ImmutableArray<(string Name, byte[] Value)> Headers)
{
    /// <summary>How it is sent.</summary>
    public Message<byte[], byte[]> ToMessage(string key)
    {
        var headers = new Headers();
        foreach (var (name, value) in Headers)
            headers.Add(name, value);
        return new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(key), Value = Value, Headers = headers };
    }

    /// <summary>What must stand in its dead letter: the reason, the very bytes, the very headers.</summary>
    public string Expected => Line(Code!, Value, Headers.Select(header => (header.Name, header.Value)));

    /// <summary>The same of a dead letter.</summary>
    public static string Met(JsonElement deadLetter)
    {
        var data = deadLetter.GetProperty("data");
        byte[] value = data.TryGetProperty("value", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!) : data.GetProperty("valueBase64").GetBytesFromBase64();
        var headers = data.TryGetProperty("headers", out var listed) ? listed.EnumerateArray().Select(header => (header.GetProperty("name").GetString()!, header.GetProperty("valueBase64").GetBytesFromBase64())) : [];
        return Line(data.GetProperty("__alertengine").GetProperty("errors").GetProperty("code").GetString()!, value, headers);
    }

    /// <summary>The whole event in the value.</summary>
    public static SentRecord Structured(string kind, string? code, string json) => Structured(kind, code, Encoding.UTF8.GetBytes(json));

    /// <summary>The same, where the value is no text.</summary>
    public static SentRecord Structured(string kind, string? code, byte[] value) => new(kind, code, value, [("content-type", "application/cloudevents+json; charset=utf-8"u8.ToArray())]);

    /// <summary>The attributes in headers, the data in the value.</summary>
    public static SentRecord Binary(string kind, string? code, string id, string data = """{"level":9.5}""", params (string Name, byte[]? Value)[] changed)
    {
        var attributes = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, value) in new[]
        {
            ("specversion", "1.0"), ("id", id), ("source", "/test"), ("type", "fire.alarm"), ("subject", $"SD-{id}"), ("time", "2026-07-01T08:00:00+08:00"), ("district", "320106"),
        })
            attributes[name] = Encoding.UTF8.GetBytes(value);
        foreach (var (name, value) in changed)
            _ = value is null ? attributes.Remove(name) : (attributes[name] = value).Length > 0;
        return new(kind, code, Encoding.UTF8.GetBytes(data), [("content-type", "application/json"u8.ToArray()), .. attributes.Select(attribute => ($"ce_{attribute.Key}", attribute.Value))]);
    }

    private static string Line(string code, byte[] value, IEnumerable<(string Name, byte[] Value)> headers) => string.Create(
        CultureInfo.InvariantCulture, $"{code} {Convert.ToBase64String(value)} {string.Join(' ', headers.Select(header => $"{header.Name}={Convert.ToBase64String(header.Value)}").Order(StringComparer.Ordinal))}");
}
