using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AlertEngine.Connectors.Files.SampleDay;
using AlertEngine.Engine.Ingest;
using Xunit;
using Day = AlertEngine.Connectors.Files.SampleDay.SampleDay;

namespace AlertEngine.Connectors.Tests.SampleDay;

/// <summary>Goal: the day is the same for everyone, and what it claims to contain is in it. Method: read the written bytes, not the generator.</summary>
public sealed class SampleDayTests
{
    private static readonly (byte[][] Lines, SampleDayTally Tally) Written = Write(Day.DefaultSeed);

    private static readonly JsonElement[] Readable = [.. Written.Lines.Select(TryRead).OfType<JsonElement>()];

    [Fact]
    public void The_same_seed_gives_the_same_bytes()
    {
        using MemoryStream first = new();
        using MemoryStream second = new();
        Day.Write(first, 7);
        Day.Write(second, 7);
        Assert.Equal(SHA256.HashData(first.ToArray()), SHA256.HashData(second.ToArray()));
    }

    [Fact]
    public void Another_seed_gives_another_day()
    {
        (byte[][] lines, _) = Write(8);
        Assert.NotEqual(Written.Lines[0], lines[0]);
    }

    [Fact]
    public void The_day_that_ships_has_these_very_bytes()
    {
        using MemoryStream day = new();
        Day.Write(day);
        Assert.Equal("750c882b13ff75a35c5e7e8a6da8d73b6c35fe14b3ce89ece8d586b928b1abba", Convert.ToHexStringLower(SHA256.HashData(day.ToArray())));
    }

    [Fact]
    public void It_has_at_least_twenty_thousand_events_of_every_district_and_kind()
    {
        Assert.Equal(Written.Tally.Lines, Written.Lines.Length);
        Assert.InRange(Written.Lines.Length, 23_000, 27_000);
        Assert.Equal(348, Readable.Select(line => Text(line, "subject")).Distinct().Count(device => SampleRegistry.Devices.Any(known => known.Id == device)));
    }

    [Fact]
    public void It_is_written_in_order_of_arrival_and_not_of_time()
    {
        string[] times = [.. Readable.Select(line => Text(line, "time")).Where(time => time.StartsWith("2026-", StringComparison.Ordinal))];
        int steps = times.Zip(times.Skip(1), string.CompareOrdinal).Count(order => order > 0);
        Assert.True(steps > 500, $"only {steps} steps back");
        Assert.InRange(Written.Tally.Late, 80, 200);
        Assert.InRange(Written.Tally.Overtaken, 300, 700);
    }

    [Fact]
    public void Duplicates_are_repeats_to_the_byte()
    {
        int repeats = Written.Lines.Length - Written.Lines.Select(line => Encoding.Latin1.GetString(line)).Distinct().Count();
        Assert.Equal(Written.Tally.Duplicates, repeats);
        Assert.InRange(repeats, 200, 400);
    }

    [Fact]
    public void A_conflict_has_the_id_of_an_event_and_other_data()
    {
        int conflicts = Readable.Where(IsWhole).GroupBy(line => (Text(line, "source"), Text(line, "id")))
            .Count(group => group.Select(line => line.GetProperty("data").GetRawText()).Distinct().Count() > 1);
        Assert.Equal(Written.Tally.DeadLetters[RejectionCodes.Conflict], conflicts);
        Assert.True(conflicts >= 5);
    }

    [Fact]
    public void Every_kind_of_broken_line_is_there()
    {
        Assert.Equal(
            ["conflict", "duplicate-member", "invalid-attribute", "invalid-field", "invalid-json", "invalid-location", "invalid-utf8", "missing-attribute", "time-ahead", "time-without-offset", "unknown-district", "unresolved"],
            Written.Tally.DeadLetters.Keys);
        Assert.Equal(Written.Tally.DeadLetters[RejectionCodes.InvalidUtf8], Written.Lines.Count(line => !Utf8.IsValid(line)));
        Assert.Equal(Written.Tally.DeadLetters[RejectionCodes.InvalidJson], Written.Lines.Count(line => Utf8.IsValid(line) && TryRead(line)?.ValueKind != JsonValueKind.Object));
    }

    [Fact]
    public void Events_say_where_they_are_in_every_admitted_way()
    {
        int Count(Func<JsonElement, bool> says) => Readable.Where(IsWhole).Count(says);
        Assert.InRange(Count(line => line.TryGetProperty("district", out _)), 15_000, 24_000);
        Assert.InRange(Count(line => line.TryGetProperty("street", out _)), 1_500, 3_000);
        Assert.InRange(Count(line => line.GetProperty("data").TryGetProperty("location", out JsonElement place) && Text(place, "crs") == "gcj02"), 200, 1_000);
    }

    [Fact]
    public void The_drill_says_that_it_is_one()
    {
        int drill = Readable.Where(IsWhole).Count(line => line.GetProperty("data").TryGetProperty("status", out JsonElement status) && status.GetString() == "exercise");
        Assert.InRange(drill, Written.Tally.Exercises, Written.Tally.Exercises + 5);
        Assert.InRange(Written.Tally.Exercises, 50, 60);
    }

    private static (byte[][] Lines, SampleDayTally Tally) Write(ulong seed)
    {
        using MemoryStream stream = new();
        SampleDayTally tally = Day.Write(stream, seed);
        List<byte[]> lines = [];
        ReadOnlySpan<byte> rest = stream.ToArray();
        for (int end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            lines.Add(rest[..end].ToArray());
            rest = rest[(end + 1)..];
        }

        return ([.. lines], tally);
    }

    private static JsonElement? TryRead(byte[] line)
    {
        if (!Utf8.IsValid(line))
            return null;
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsWhole(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty("id", out _) && line.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object;

    private static string Text(JsonElement line, string name) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";
}
