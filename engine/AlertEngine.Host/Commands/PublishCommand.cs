using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Connectors.Kafka.Publishing;
using AlertEngine.Engine.Ports;
using AlertEngine.Host.Configuration;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files.Diagnostics;

namespace AlertEngine.Host.Commands;

/// <summary><c>publish</c>: events from files to Kafka, as the contract wants them.</summary>
internal static class PublishCommand
{
    private const int RecordsAFetch = 1_024;

    public static Command Create(Words words)
    {
        var cluster = new ClusterOptions(words);
        var events = new Option<string[]>("--events") { Description = words.Of("事件文件：CloudEvents 的 NDJSON，或 --mapping 所能读的；.gz 可直接读", "Event files: NDJSON of CloudEvents, or what --mapping reads; .gz is read as it is."), Required = true, AllowMultipleArgumentsPerToken = true };
        var mapping = new Option<string?>("--mapping") { Description = words.Of("映射文件，或现成映射的名称，用于不是 CloudEvents 的事件", "A mapping file, or the name of a ready one, for events that are not CloudEvents.") };
        var topic = new Option<string?>("--topic") { Description = words.Of("主题；默认为 AlertEngine:Kafka:Inputs 的第一个", "The topic. Default: the first of AlertEngine:Kafka:Inputs.") };
        var rate = new Option<int>("--rate") { Description = words.Of("每秒至多多少事件；0 为尽快", "Events a second at most; 0: as fast as the broker takes them."), DefaultValueFactory = _ => 0 };
        var command = new Command("publish",
            words.OfCommand("把事件发到 Kafka：结构化 CloudEvents，以区为键，用 Java 的分区器。给出城市文件时，未写区的事件按其街道、设备或位置所属的区为键。",
                "Sends events to Kafka: structured CloudEvents, keyed by district, with Java's partitioner. With a city file an event that names no district is keyed by the one its street, device or position gives.",
                "publish --events day.ndjson --topic city.events.sensor.v1 --bootstrap 127.0.0.1:9092 --rate 1000"))
        {
            events, mapping, topic, rate, cluster.Bootstrap, cluster.Config, cluster.City, SharedOptions.Language,
        };
        command.SetAction((parsed, cancellation) => cluster.RunOnClusterAsync(parsed, async (clients, settings) =>
        {
            if (Sources(parsed.GetValue(events)!, parsed.GetValue(mapping), words, parsed.InvocationConfiguration.Error) is not { } sources)
                return ExitCodes.Usage;
            string target = parsed.GetValue(topic) ?? settings.Kafka.Inputs[0];
            EventDistricts? districts = null;
            if (settings.City.Length != 0)
            {
                if (RuleSetup.Load(settings, parsed.InvocationConfiguration.Error) is not { } rules)
                    return ExitCodes.Usage;
                districts = new EventDistricts(rules);
            }

            using var publisher = new EventPublisher(clients, target, districts is null ? null : districts.Of);
            await using var reader = new FileInputPort(sources, new FileInputOptions());
            await SendAsync(reader, publisher, parsed.GetValue(rate), cancellation).ConfigureAwait(false);
            parsed.InvocationConfiguration.Output.WriteLine(words.Of($"已发送 {publisher.Acknowledged} 个事件到 {target}", $"{publisher.Acknowledged} events sent to {target}"));
            if (publisher.WithoutDistrict != 0)
                parsed.InvocationConfiguration.Error.WriteLine(words.Of(
                    $"其中 {publisher.WithoutDistrict} 个未能确定区，以设备为键", $"{publisher.WithoutDistrict} of them have no known district and are keyed by their device"));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static ImmutableArray<FileSource>? Sources(string[] events, string? mapping, Words words, TextWriter error)
    {
        var sources = ImmutableArray.CreateBuilder<FileSource>();
        foreach (string path in events)
        {
            if (!File.Exists(path))
            {
                error.WriteLine(words.Of($"{path}：没有这个文件", $"{path}: there is no such file"));
                return null;
            }

            MappingFileReading? reading = mapping is null ? null : MappingFile.Read(ReadyMappings.PathOf(mapping), Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (reading is { Mapping: null })
            {
                foreach (string fault in reading.Diagnostics.Select(TextRenderer.Render).Concat(reading.Faults))
                    error.WriteLine(fault);
                return null;
            }

            sources.Add(new FileSource(path, Path.GetFileName(path), reading is null ? null : reading.Mapping!.ForFile, reading?.Hash ?? ""));
        }

        return sources.DrainToImmutable();
    }

    private static async Task SendAsync(FileInputPort reader, EventPublisher publisher, int eventsASecond, CancellationToken cancellation)
    {
        using var progress = new PublishProgress(publisher, TimeProvider.System);
        await reader.SeekAsync([.. reader.Inputs.Select(_ => IInputPort.Earliest)], cancellation).ConfigureAwait(false);
        long began = Stopwatch.GetTimestamp();
        for (int input = 0; input < reader.Inputs.Length; input++)
        {
            for (bool isAtEnd = false; !isAtEnd;)
            {
                var fetch = await reader.FetchAsync(RecordsAFetch, [input], cancellation).ConfigureAwait(false);
                isAtEnd = !fetch.AtEnd.IsEmpty;
                foreach (var record in fetch.Records)
                {
                    await PaceAsync(publisher.Sent, eventsASecond, began, cancellation).ConfigureAwait(false);
                    publisher.Publish(record.Value);
                    progress.Show();
                }
            }
        }

        publisher.Flush(cancellation);
    }

    /// <summary>Waits until the next event is due; many small waits would be longer than they say, so it waits for ten milliseconds' worth at least.</summary>
    private static async ValueTask PaceAsync(long sent, int eventsASecond, long began, CancellationToken cancellation)
    {
        if (eventsASecond <= 0)
            return;
        var ahead = TimeSpan.FromSeconds((double)sent / eventsASecond) - Stopwatch.GetElapsedTime(began);
        if (ahead > TimeSpan.FromMilliseconds(10))
            await Task.Delay(ahead, cancellation).ConfigureAwait(false);
    }

    /// <summary>A counter on standard error, where that is a terminal and the work takes longer than a second.</summary>
    private sealed class PublishProgress(EventPublisher publisher, TimeProvider time) : IDisposable
    {
        private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
        private readonly bool _isShown = !Console.IsErrorRedirected;
        private long _last = time.GetTimestamp();
        private bool _isOnScreen;

        public void Show()
        {
            if (!_isShown || time.GetElapsedTime(_last) < Pace)
                return;
            _last = time.GetTimestamp();
            _isOnScreen = true;
            Console.Error.Write($"\r{publisher.Acknowledged:N0} sent ");
        }

        public void Dispose()
        {
            if (_isOnScreen)
                Console.Error.Write("\r" + new string(' ', 40) + "\r");
        }
    }
}
