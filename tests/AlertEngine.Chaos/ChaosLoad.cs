using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;

namespace AlertEngine.Chaos;

/// <summary>When integrators send: at every tick so many events as are due.</summary>
/// <param name="Tick">How often they look.</param>
/// <param name="Due">How many are due, when so many have been sent.</param>
internal sealed record ChaosPace(TimeSpan Tick, Func<int, int> Due);

/// <summary>Integrators that go on sending: one alarm after the other, each of its own device, every tenth of them twice, every fifth a grave one.</summary>
internal sealed class ChaosLoad : IAsyncDisposable
{
    private const string Topic = "city.events.sensor.v1";
    private const int AheadEvents = 20_000;
    private const int TickEvents = 1_000;
    private static readonly DateTimeOffset First = new(2026, 7, 1, 8, 0, 0, TimeSpan.FromHours(8));
    private static readonly string[] Districts = ["320106", "320104", "320105", "320111"];

    private readonly IProducer<string, string> _producer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private readonly Task _running;
    private int _number;

    public ChaosLoad(string bootstrap, ChaosPace pace)
    {
        _producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = bootstrap, Partitioner = Confluent.Kafka.Partitioner.Murmur2Random, EnableIdempotence = true, Acks = Acks.All, MessageTimeoutMs = 600_000, LingerMs = 5,
        }).SetLogHandler((_, _) => { }).Build();
        _running = RunAsync(pace);
    }

    /// <summary>The orders that are called for by what the broker has acknowledged: one a device, and one of the centre where its alarm is grave.</summary>
    public IReadOnlyDictionary<string, bool> CalledFor => _sent;

    /// <summary>What the order of the centre about a device is called here.</summary>
    public static string OfCentre(string device) => $"centre {device}";

    /// <summary>One event after the other, evenly.</summary>
    public static ChaosPace Paced(TimeSpan tick) => new(tick, _ => 1);

    /// <summary>As many events as keep the engines busy: bounded ahead of the orders that readers have seen.</summary>
    public static ChaosPace Ahead(Func<int> orders) => new(TimeSpan.FromMilliseconds(10), sent => Math.Clamp(orders() + AheadEvents - sent, 0, TickEvents));

    /// <summary>Stops sending and waits until the broker has everything.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        for (int left = 1; left > 0;)
            left = _producer.Flush(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _producer.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(ChaosPace pace)
    {
        using PeriodicTimer timer = new(pace.Tick);
        while (!_stopping.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            for (int due = pace.Due(_number); due > 0; due--)
                SendNext();
        }
    }

    private void SendNext()
    {
        Send(_number);
        if (_number % 10 == 0)
            Send(_number);
        _number++;
    }

    private void Send(int number)
    {
        string device = $"SD-{number.ToString(CultureInfo.InvariantCulture)}", district = Districts[number % Districts.Length];
        bool isGrave = number % 5 == 0;
        string time = First.AddMilliseconds(10.0 * number).ToString("yyyy-MM-ddTHH:mm:ss.fffK", CultureInfo.InvariantCulture);
        string value = $$$"""{"specversion":"1.0","id":"e-{{{number}}}","source":"/chaos","type":"fire.alarm","subject":"{{{device}}}","time":"{{{time}}}","district":"{{{district}}}","data":{"level":{{{(isGrave ? "9.9" : "9.5")}}}}}""";
        _producer.Produce(Topic, new Message<string, string> { Key = district, Value = value }, report =>
        {
            if (report.Error.IsError)
                return;
            _sent[device] = true;
            if (isGrave)
                _sent[OfCentre(device)] = true;
        });
    }
}
