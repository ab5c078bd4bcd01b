using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Testing.Rules;
using AlertEngine.Testing.Services;
using Confluent.Kafka;

namespace AlertEngine.Integration.Tests;

/// <summary>A small city with one rule: every fire alarm is an order for one unit. What the tests of the service publish into it and read out of it.</summary>
internal sealed class FireService(KafkaBroker broker) : IDisposable
{
    /// <summary>How many lanes its topics make.</summary>
    public const int Lanes = 3;

    /// <summary>The topic of its one unit.</summary>
    public const string OrdersTopic = "city.workorders.gulou.v1";

    /// <summary>Its files.</summary>
    public string Folder { get; } = ServiceProcess.NewFolder("service");

    /// <summary>Writes rules, city and a configuration, and returns the latter's path.</summary>
    /// <param name="instance">The instance id; also the name of the file.</param>
    /// <param name="journal">The journal's settings; null: a SQLite file of its own.</param>
    /// <param name="redis">The Redis server; empty: none.</param>
    /// <param name="urls">Where health and metrics are served; empty: nowhere.</param>
    /// <param name="policy">What a lane does while Redis is silent.</param>
    /// <param name="app">The engine, where several share the cluster: group, transactional ids and journal are named after it.</param>
    /// <param name="stop">How long a clean stop may take.</param>
    /// <param name="inputs">The topics of events; empty: the usual ones.</param>
    public string Configure(string instance, object? journal = null, string redis = "", string urls = "", string policy = "local", string app = "alertengine", string stop = "4m", params string[] inputs)
    {
        File.WriteAllText(Path.Combine(Folder, "fire.rules.yaml"), FireRules.Text());
        File.WriteAllText(Path.Combine(Folder, "city.yaml"), FireRules.City());
        string path = Path.Combine(Folder, $"{instance}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new
        {
            AlertEngine = new
            {
                Kafka = new
                {
                    BootstrapServers = broker.Bootstrap, InstanceId = instance, RequestTimeout = "60s", GroupId = app, TransactionalIdPrefix = app,
                    Inputs = inputs.Length == 0 ? [.. TopicNames.DefaultInputs] : inputs,
                },
                Redis = new { Configuration = redis, Policy = policy },
                Rules = new[] { Path.Combine(Folder, "fire.rules.yaml") },
                City = Path.Combine(Folder, "city.yaml"),
                Journal = journal ?? new { ConnectionString = Path.Combine(Folder, $"{app}.db") },
                Time = new { Stop = stop },
                Http = new { Urls = urls },
            },
        }));
        return path;
    }

    /// <summary>Makes a district known that was not.</summary>
    public void AddDistrict(string code) => File.AppendAllText(Path.Combine(Folder, "city.yaml"), $"  - {{ code: '{code}', name: {{ zh: 新区, en: New }} }}\n");

    /// <summary>Publishes alarms of as many devices, in both lanes, with the program's own command; returns what it said.</summary>
    public async Task<Ending> PublishAsync(int from, int count, string config)
    {
        string file = Path.Combine(Folder, "events.ndjson");
        await File.WriteAllLinesAsync(file, Enumerable.Range(from, count).Select(n => Event($"e-{n}", $"SD-{n}", n % 2 == 0 ? "320106" : "320104")));
        return await EngineProcess.RunAsync("publish", "--events", file, "--topic", "city.events.sensor.v1", "--config", config);
    }

    /// <summary>The ids of dispatched orders that an outside consumer sees, read until so many were there and then to the end.</summary>
    public ImmutableArray<string> ReadOrders(int atLeast) =>
        [.. Read(OrdersTopic, atLeast, message => TypeOf(message) == "city.workorder.dispatched.v1").Select(order => order.GetProperty("data").GetProperty("workOrderId").GetString()!)];

    /// <summary>The messages of a topic that an outside consumer sees, read until so many were there and then to the end.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="atLeast">How many to wait for.</param>
    /// <param name="counts">Which of them are meant; null: all.</param>
    public ImmutableArray<JsonElement> Read(string topic, int atLeast, Func<JsonElement, bool>? counts = null)
    {
        var seen = ImmutableArray.CreateBuilder<JsonElement>();
        using var consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig
        {
            BootstrapServers = broker.Bootstrap, GroupId = "judge", IsolationLevel = IsolationLevel.ReadCommitted, EnablePartitionEof = true, AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Assign(Enumerable.Range(0, Lanes).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var ended = new HashSet<int>();
        while (seen.Count < atLeast || ended.Count < Lanes)
        {
            var consumed = consumer.Consume(TimeSpan.FromMinutes(4)) ?? throw new InvalidOperationException($"only {seen.Count} messages came on {topic}");
            if (consumed.IsPartitionEOF)
            {
                ended.Add(consumed.Partition.Value);
                continue;
            }

            ended.Remove(consumed.Partition.Value);
            var message = JsonElement.Parse(consumed.Message.Value);
            if (counts?.Invoke(message) ?? true)
                seen.Add(message);
        }

        return seen.DrainToImmutable();
    }

    /// <summary>Puts records into a topic as an integrator's client would.</summary>
    public void Produce(string topic, string key, params IEnumerable<string> values)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = broker.Bootstrap, Partitioner = Partitioner.Murmur2Random }).Build();
        foreach (string value in values)
            producer.Produce(topic, new Message<string, string> { Key = key, Value = value });
        producer.Flush(TimeSpan.FromSeconds(60));
    }

    /// <summary>The CloudEvents type of a message.</summary>
    public static string TypeOf(JsonElement message) => message.GetProperty("type").GetString()!;

    /// <summary>A structured alarm.</summary>
    public static string Event(string id, string device, string district) =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/test","type":"fire.alarm","subject":"{{{device}}}","time":"2026-07-01T08:00:00+08:00","district":"{{{district}}}","data":{"level":9.5}}""";

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
