using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;

namespace AlertEngine.Chaos;

/// <summary>Integrators that go on sending: one alarm after the other, each of its own device, every tenth of them twice.</summary>
internal sealed class ChaosLoad : IAsyncDisposable
{
    private const string Topic = "city.events.sensor.v1";
    private static readonly string[] Districts = ["320106", "320104", "320105", "320111"];

    private readonly IProducer<string, string> _producer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, bool> _sent = new();
    private readonly Task _running;
    private int _number;

    public ChaosLoad(string bootstrap, TimeSpan pace)
    {
        _producer = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = bootstrap, Partitioner = Confluent.Kafka.Partitioner.Murmur2Random, EnableIdempotence = true, Acks = Acks.All, MessageTimeoutMs = 600_000, LingerMs = 5,
        }).SetLogHandler((_, _) => { }).Build();
        _running = RunAsync(pace);
    }

    /// <summary>The devices whose alarm the broker has acknowledged.</summary>
    public ICollection<string> Devices => _sent.Keys;

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

    private async Task RunAsync(TimeSpan pace)
    {
        using PeriodicTimer timer = new(pace);
        while (!_stopping.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            Send(_number);
            if (_number % 10 == 0)
                Send(_number);
            _number++;
        }
    }

    private void Send(int number)
    {
        string device = $"SD-{number.ToString(CultureInfo.InvariantCulture)}", district = Districts[number % Districts.Length];
        string value = $$$"""{"specversion":"1.0","id":"e-{{{number}}}","source":"/chaos","type":"fire.alarm","subject":"{{{device}}}","time":"2026-07-01T08:00:00+08:00","district":"{{{district}}}","data":{"level":9.5}}""";
        _producer.Produce(Topic, new Message<string, string> { Key = district, Value = value }, report =>
        {
            if (!report.Error.IsError)
                _sent[device] = true;
        });
    }
}
