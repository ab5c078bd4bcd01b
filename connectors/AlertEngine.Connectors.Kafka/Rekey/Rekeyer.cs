using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;
using NodaTime;

namespace AlertEngine.Connectors.Kafka.Rekey;

/// <summary>
/// Brings events that are keyed by device to the lane of their district: consume, resolve the district, produce; one Kafka transaction with the
/// offsets. Stateless: it neither asks who saw an event first nor remembers any, because only the destination may claim it. What cannot be read
/// or located becomes a dead letter here. The members of its group share the partitions.
/// </summary>
public sealed class Rekeyer : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);
    private readonly KafkaClients _clients;
    private readonly ImmutableArray<InputDescription> _inputs;
    private readonly Func<IRecordDecoder> _makeDecoder;
    private readonly IClock _clock;
    private readonly Duration _maxSkew;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Rekeyer(KafkaClients clients, ImmutableArray<InputDescription> inputs, Func<IRecordDecoder> makeDecoder, IClock clock, Duration maxSkew, Action<string> log)
    {
        (_clients, _inputs, _makeDecoder, _clock, _maxSkew, _log) = (clients, inputs, makeDecoder, clock, maxSkew, log);
        new Thread(Run) { IsBackground = true, Name = "kafka-rekeyer" }.Start();
    }

    /// <summary>The partitions of the device-keyed topics, in the order that a decoder's dead letters count them.</summary>
    public static ImmutableArray<InputDescription> InputsOf(IEnumerable<KnownTopic> topics) =>
        [.. topics.SelectMany(topic => Enumerable.Range(0, topic.Partitions).Select(partition => new InputDescription(topic.Name, topic.Id, partition, InputKind.Events)))];

    /// <summary>Starts to re-key.</summary>
    /// <param name="clients">The cluster.</param>
    /// <param name="inputs">What <see cref="InputsOf"/> gave.</param>
    /// <param name="makeDecoder">Makes a decoder for those inputs.</param>
    /// <param name="clock">The wall clock, against which times ahead are judged.</param>
    /// <param name="maxSkew">How far ahead of it an event may be.</param>
    /// <param name="log">Told of faults.</param>
    public static Rekeyer Start(KafkaClients clients, ImmutableArray<InputDescription> inputs, Func<IRecordDecoder> makeDecoder, IClock clock, Duration maxSkew, Action<string> log) =>
        new(clients, inputs, makeDecoder, clock, maxSkew, log);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _ended.Task.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Run()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                RunSession();
            }
            catch (Exception fault) when (fault is KafkaException or KafkaConnectorException)
            {
                _log($"the re-keyer begins again behind what is visible: {fault.Message}");
                _stopping.Token.WaitHandle.WaitOne(PauseAfterFault);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        _ended.SetResult();
    }

    private void RunSession()
    {
        using var session = new RekeySession(_clients, _inputs, _makeDecoder(), _stopping.Token);
        while (!_stopping.IsCancellationRequested)
        {
            long nowTicks = _clock.GetCurrentInstant().ToUnixTimeTicks();
            session.Turn(new TimeBounds(nowTicks + _maxSkew.BclCompatibleTicks, nowTicks));
        }
    }
}
