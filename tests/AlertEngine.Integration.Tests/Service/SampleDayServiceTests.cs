using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertEngine.Connectors.Files.SampleDay;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Integration.Tests.Processes;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>
/// Goal: a day through the service is the same day as its replay. Method: the sample day through <c>publish</c> and <c>run</c> on a real broker, and
/// through <c>replay</c>; alerts and orders are compared by their whole documents, ids included.
/// </summary>
/// <remarks>
/// People's time is the wall clock in one and the event clock in the other, so what hangs on it must differ: deadlines, when an order was filed and
/// sent and delivered, the scenes in force then, escalations, and with them the severity that an escalation lifts. Everything else must not.
/// </remarks>
public sealed class SampleDayServiceTests
{
    private static readonly string[] OfPeoplesTime = ["sla", "filedAt", "dispatchedAt", "mode", "scenes", "deliveries"];

    private static readonly string[] Districts = ["320102", "320104", "320105", "320106", "320111", "320113", "320114", "320115", "320116", "320117", "320118", "320100-JBXQ"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_sample_day_through_the_service_gives_the_alerts_orders_and_dead_letters_of_its_replay_in_any_number_of_lanes(int lanes)
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using WorkFolder folder = new();
        string events = WriteEvents(folder.File("events.ndjson")), urls = $"http://127.0.0.1:{ServiceProcess.FreePort()}";
        string packs = Path.Combine(AppContext.BaseDirectory, "packs"), city = Path.Combine(packs, "nanjing", "city.yaml");
        Assert.Equal(0, (await EngineProcess.RunAsync("replay", "--events", events, "--rules", packs, "--city", city, "--out", folder.File("out"))).ExitCode);
        string config = Configure(folder, broker, packs, city, urls);
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", $"{lanes}", "--config", config)).ExitCode);
        Assert.Equal(0, (await EngineProcess.RunAsync("publish", "--events", events, "--config", config)).ExitCode);

        ReplayFiles replayed = new(folder.File("out"));
        int dispatched = replayed.Messages("workorders.ndjson").Where(message => TypeOf(message) == "city.workorder.dispatched.v1").Select(message => message.GetProperty("subject").GetString()).Distinct().Count();
        PersonalData persons = new(events);
        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            await engine.UntilSaidAsync("is running", lanes, Cancellation);
            await ScrapedMetrics.UntilAsync(urls, page => page["workorders_dispatched_total"] >= dispatched && page["lane_lag_records"] == 0 && page["ingest_events_total"] >= replayed.Count("events") && page["publish_backlog"] == 0, Cancellation);
            using (HttpClient client = new())
                persons.RequireAbsentFrom("the page of metrics", await client.GetStringAsync(new Uri($"{urls}/metrics"), Cancellation));
            Assert.Equal(0, await engine.TerminateAsync(Cancellation));
            persons.RequireAbsentFrom("the log", (await engine.EndAsync()).Error);
        }

        var outputs = ReadOutputs(broker);
        Assert.Contains(outputs, message => TypeOf(message) == "city.mode.switched.v1");
        Assert.Contains(outputs, message => TypeOf(message) == "city.digest.v1");
        persons.RequireAbsentFrom("the topics", string.Join('\n', outputs.Select(message => message.GetRawText())));
        RequireSame(replayed.Messages("alerts.ndjson"), outputs, "city.alert.opened.v1", OfOtherLanes(lanes));
        RequireSame(replayed.Messages("alerts.ndjson"), outputs, "city.alert.cleared.v1", [.. OfOtherLanes(lanes), "severity", "title"]);
        RequireSame(replayed.Messages("workorders.ndjson"), outputs, "city.workorder.dispatched.v1", OfPeoplesTime);
        Assert.Equal(replayed.Messages("deadletters.ndjson").Select(Refusal).Order(), outputs.Where(message => TypeOf(message) == "alertengine.deadletter.v1").Select(Refusal).Order());
    }

    /// <summary>What was behind the whole city need not be behind its own lane: of events that come too late their mark is the layout's, nothing else.</summary>
    private static string[] OfOtherLanes(int lanes) => lanes == 1 ? [] : ["late"];

    /// <summary>The day, and in each district an event of the morning after that concerns nobody: it moves the time of the stream past the day's last timers.</summary>
    private static string WriteEvents(string path)
    {
        using FileStream file = File.Create(path);
        SampleDay.Write(file);
        foreach (string district in Districts)
            file.Write(Encoding.UTF8.GetBytes($$$"""{"specversion":"1.0","id":"after-{{{district}}}","source":"/tests","type":"day.over","subject":"nobody","time":"2026-07-02T12:00:00+08:00","district":"{{{district}}}","data":{}}""" + "\n"));
        return path;
    }

    private static string Configure(WorkFolder folder, KafkaBroker broker, string packs, string city, string urls) => folder.Write("engine.json", JsonSerializer.Serialize(new
    {
        AlertEngine = new
        {
            Kafka = new { BootstrapServers = broker.Bootstrap, InstanceId = "day", Inputs = new[] { TopicNames.DefaultInputs[0] } },
            // A recorded day has no silence in which time would go on by the clock: that is a matter of live streams.
            Time = new { Idle = "24h" },
            Rules = new[] { packs },
            City = city,
            Journal = new { ConnectionString = folder.File("journal.db") },
            Http = new { Urls = urls },
        },
    }));

    private static ImmutableArray<JsonElement> ReadOutputs(KafkaBroker broker)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = broker.Bootstrap }).Build();
        TopicPartitionOffset[] partitions =
        [
            .. admin.GetMetadata(TimeSpan.FromSeconds(60)).Topics
                .Where(topic => topic.Topic is TopicNames.Alerts or TopicNames.DeadLetters or TopicNames.Notifications or TopicNames.Digest or TopicNames.Replies || (topic.Topic.StartsWith("city.workorders.", StringComparison.Ordinal) && topic.Topic != TopicNames.Feedback))
                .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartitionOffset(topic.Topic, partition.PartitionId, Offset.Beginning))),
        ];
        using var consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig
        {
            BootstrapServers = broker.Bootstrap, GroupId = "judge", IsolationLevel = IsolationLevel.ReadCommitted, EnablePartitionEof = true,
        }).Build();
        consumer.Assign(partitions);
        var outputs = ImmutableArray.CreateBuilder<JsonElement>();
        for (int ended = 0; ended < partitions.Length;)
        {
            var consumed = consumer.Consume(TimeSpan.FromSeconds(120)) ?? throw new InvalidOperationException("the broker is silent");
            if (consumed.IsPartitionEOF)
                ended++;
            else
                outputs.Add(JsonElement.Parse(consumed.Message.Value));
        }

        return outputs.DrainToImmutable();
    }

    private static void RequireSame(IEnumerable<JsonElement> replayed, IEnumerable<JsonElement> served, string type, params string[] without)
    {
        JsonObject[] expected = [.. Documents(replayed, type, without)], met = [.. Documents(served, type, without)];
        Assert.NotEmpty(expected);
        Assert.Equal([], expected.Select(NameOf).Except(met.Select(NameOf)).Select(name => $"missing: {name}"));
        Assert.Equal([], met.Select(NameOf).Except(expected.Select(NameOf)).Select(name => $"besides: {name}"));
        // Subject and what differs of it: the documents themselves are too long to be read in a failure.
        Assert.Empty(expected.Zip(met, DifferenceOf).OfType<string>());
        Assert.Equal(expected.Length, met.Length);
    }

    private static string NameOf(JsonObject document) => $"{document["subject"]} {document["rule"]?["id"]} {document["key"]} {document["openedAt"]} {document["clearedAt"]}";

    private static string? DifferenceOf(JsonObject expected, JsonObject met)
    {
        string[] differing = [.. expected.Select(member => member.Key).Union(met.Select(member => member.Key)).Where(name => !JsonNode.DeepEquals(expected[name], met[name]))];
        return differing.Length == 0 ? null : $"{expected["subject"]}: {string.Join(", ", differing.Select(name => $"{name} {expected[name]?.ToJsonString()} became {met[name]?.ToJsonString()}"))}";
    }

    /// <summary>The documents of one type in an order that both have, each with its message's subject.</summary>
    private static IEnumerable<JsonObject> Documents(IEnumerable<JsonElement> messages, string type, string[] without) =>
        messages.Where(message => TypeOf(message) == type).Select(message =>
        {
            JsonObject data = JsonNode.Parse(message.GetProperty("data").GetRawText())!.AsObject();
            foreach (string member in without)
                data.Remove(member);
            data["subject"] = message.GetProperty("subject").GetString();
            return data;
        }).OrderBy(data => data["subject"]!.GetValue<string>(), StringComparer.Ordinal).ThenBy(data => data["clearedAt"]?.GetValue<string>(), StringComparer.Ordinal);

    private static string Refusal(JsonElement deadLetter)
    {
        var data = deadLetter.GetProperty("data");
        return string.Create(CultureInfo.InvariantCulture, $"{data.GetProperty("__alertengine").GetProperty("errors").GetProperty("code").GetString()} {data.GetProperty("valueSha256").GetString()}");
    }

    private static string? TypeOf(JsonElement message) => message.GetProperty("type").GetString();
}
