using System.Text.Json;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>
/// Goal: the sample day shows what a city does in a flood: a warning switches two districts to emergency and back, a scene begins and ends, orders rise to
/// the city, a digest tells the day; and of the persons whom its events name nobody learns anything. Method: the program without a command, its files read.
/// </summary>
public sealed class FloodEveningTests
{
    private const string Jiangning = "320115", Jiangbei = "320100-JBXQ";

    [Fact]
    public async Task The_flood_of_the_sample_day_is_told_as_the_city_would_tell_it_and_names_nobody()
    {
        using WorkFolder folder = new();
        Ending ending = await EngineProcess.RunInAsync(folder.Path);
        Assert.True(ending.ExitCode == 0, ending.Error);
        ReplayFiles files = new(folder.File("out", "sample-day"));

        Assert.Equal(
            [
                $"{Jiangbei} city.mode.switched.v1 emergency 2026-07-01T10:20:05Z", $"{Jiangbei} city.mode.switched.v1 normal 2026-07-01T14:30:05Z",
                $"{Jiangbei} city.scene.ended.v1 flood-fight 2026-07-01T15:10:00Z", $"{Jiangbei} city.scene.started.v1 flood-fight 2026-07-01T10:45:00Z",
                $"{Jiangning} city.mode.switched.v1 emergency 2026-07-01T10:20:05Z", $"{Jiangning} city.mode.switched.v1 normal 2026-07-01T14:10:05Z",
                $"{Jiangning} city.scene.ended.v1 flood-fight 2026-07-01T15:10:00Z", $"{Jiangning} city.scene.started.v1 flood-fight 2026-07-01T10:45:00Z",
            ],
            files.Messages("notifications.ndjson").Where(message => Text(message, "district") is Jiangning or Jiangbei && !Text(message, "type").StartsWith("city.broadcast.", StringComparison.Ordinal))
                .Select(message => $"{Text(message, "district")} {Text(message, "type")} {Text(message, "subject")} {Text(message, "time")}").Order(StringComparer.Ordinal));
        Assert.Equal(
            [$"{Jiangbei} ended residents", $"{Jiangbei} requested residents", $"{Jiangning} ended residents", $"{Jiangning} ended schools", $"{Jiangning} requested residents", $"{Jiangning} requested schools"],
            files.Messages("notifications.ndjson").Where(message => Text(message, "type").StartsWith("city.broadcast.", StringComparison.Ordinal))
                .Select(message => $"{Text(message, "district")} {Text(message, "type").Split('.')[2]} {Text(message, "subject")}").Order(StringComparer.Ordinal));
        RequireOrders([.. files.Messages("workorders.ndjson").Select(message => message.GetProperty("data"))]);
        RequireDigests(files);

        PersonalData persons = new(folder.File("out", "sample-day", "events.ndjson"));
        Assert.InRange(persons.Count, 300, 10_000);
        persons.RequireAbsentFromFiles(folder.File("out", "sample-day"), "events.ndjson");
        persons.RequireAbsentFrom("standard output", ending.Output);
        persons.RequireAbsentFrom("standard error", ending.Error);
    }

    [Fact]
    public async Task The_finest_log_of_the_day_names_nobody()
    {
        using WorkFolder folder = new();
        Assert.Equal(0, (await EngineProcess.RunInAsync(folder.Path)).ExitCode);
        string events = folder.File("out", "sample-day", "events.ndjson"), packs = Path.Combine(AppContext.BaseDirectory, "packs");
        Ending ending = await EngineProcess.RunAsync(
            "replay", "--events", events, "--rules", packs, "--city", Path.Combine(packs, "nanjing", "city.yaml"), "--out", folder.File("again"), "--log-level", "trace");
        Assert.True(ending.ExitCode == 0, ending.Error);
        Assert.NotEqual("", ending.Error);
        new PersonalData(events).RequireAbsentFrom("the log", ending.Error);
    }

    /// <summary>In emergency an ordinary report is graver and quicker, the scene's roster is on duty, and what nobody takes rises to the city.</summary>
    private static void RequireOrders(JsonElement[] orders)
    {
        JsonElement[] reports = [.. orders.Where(order => Rule(order) == "nanjing-report" && order.GetProperty("revision").GetInt32() == 1)];
        Assert.NotEmpty(reports);
        Assert.All(reports, order => Assert.Equal(("emergency", "orange", "urgent-2h"), (Text(order, "mode"), Text(order, "severity"), Text(order.GetProperty("sla"), "profile"))));
        Assert.All(orders.Where(order => !IsFlooded(order)), order => Assert.Equal("normal", Text(order, "mode")));
        JsonElement[] escalated = [.. orders.Where(order => IsFlooded(order) && Text(order, "operation") == "escalated" && Text(order, "mode") == "emergency")];
        Assert.Contains(escalated, order => Rule(order) == "nanjing-water-high" && Text(order, "commandLevel") == "city" && Text(order, "commandUnit") == "centre-city");
        Assert.Contains(escalated, order => Rule(order) == "nanjing-official-warning" && Text(order, "severity") == "red" && Text(order, "commandLevel") == "city");
        Assert.Contains(escalated, order => Text(order, "commandLevel") == "district" && Text(order, "commandUnit") == "water-bureau"
            && order.GetProperty("scenes").EnumerateArray().Any(scene => scene.GetString() == "flood-fight"));
    }

    /// <summary>At 23:00 each district tells its day; the numbers of the flooded ones are those of their orders.</summary>
    private static void RequireDigests(ReplayFiles files)
    {
        JsonElement[] digests = [.. files.Messages("digest.ndjson")];
        Assert.Equal(13, digests.Select(digest => Text(digest, "district")).Distinct().Count());
        RequireCityDigest(digests);
        Assert.All(digests, digest => Assert.Equal("2026-07-01T15:00:00Z", Text(digest, "time")));
        foreach (string district in new[] { Jiangning, Jiangbei })
        {
            int dispatched = files.Messages("workorders.ndjson")
                .Where(message => Text(message, "type") == "city.workorder.dispatched.v1").Select(message => message.GetProperty("data"))
                .Where(order => Text(order.GetProperty("location"), "district") == district && Text(order, "eventStatus") == "actual" && string.CompareOrdinal(Text(order, "dispatchedAt"), "2026-07-01T15") < 0)
                .Select(order => Text(order, "workOrderId")).Distinct().Count();
            Assert.Equal(dispatched, digests.Single(digest => Text(digest, "district") == district).GetProperty("data").GetProperty("dispatched").GetInt32());
        }
    }

    /// <summary>The city's is the sum of the twelve, on the topic and on the page.</summary>
    private static void RequireCityDigest(JsonElement[] digests)
    {
        JsonElement city = digests.Single(digest => Text(digest, "district") == "320100").GetProperty("data");
        JsonElement[] districts = [.. digests.Where(digest => Text(digest, "district") != "320100").Select(digest => digest.GetProperty("data"))];
        foreach (string name in new[] { "dispatched", "dispatchedBefore", "open" })
            Assert.Equal(districts.Sum(digest => digest.GetProperty(name).GetInt32()), city.GetProperty(name).GetInt32() - city.GetProperty("districts").GetProperty("320100").GetProperty(name).GetInt32());
        foreach (string name in new[] { "overdue", "escalated", "silentSources" })
            Assert.Equal(districts.Sum(digest => digest.GetProperty(name).GetProperty("count").GetInt32()), city.GetProperty(name).GetProperty("count").GetInt32());
        Assert.Empty(city.GetProperty("missing").EnumerateArray());
        Assert.True(city.GetProperty("escalated").GetProperty("count").GetInt32() > 0);
    }

    private static bool IsFlooded(JsonElement order) => Text(order.GetProperty("location"), "district") is Jiangning or Jiangbei;

    private static string Rule(JsonElement order) => Text(order.GetProperty("rule"), "id");

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";
}
