using System.Collections.Concurrent;
using System.Collections.Immutable;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Inputs;

/// <summary>
/// The inputs of one lane: partition <c>n</c> of each topic. A thread of its own blocks in the client, so that no thread of the pool waits on
/// a broker; what it read is handed over a batch at a time. A broker that is away makes fetches empty; an offset that is away is an exception.
/// </summary>
public sealed class KafkaInputPort : IInputPort
{
    private const int WaitingRequests = 4;
    private readonly BlockingCollection<Action<InputConsumer>> _requests = new(WaitingRequests);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens the inputs of a lane; nothing is read before <see cref="SeekAsync"/>.</summary>
    /// <param name="clients">The cluster.</param>
    /// <param name="lane">The lane's number, for the names of thread and client.</param>
    /// <param name="inputs">The inputs: each topic once, as the topic catalogue described them.</param>
    public KafkaInputPort(KafkaClients clients, int lane, ImmutableArray<InputDescription> inputs)
    {
        Inputs = inputs;
        var consumer = new InputConsumer(clients, lane, inputs);
        new Thread(() => Run(consumer)) { IsBackground = true, Name = $"kafka-input-{lane}" }.Start();
    }

    /// <inheritdoc/>
    public ImmutableArray<InputDescription> Inputs { get; }

    /// <inheritdoc/>
    public async ValueTask SeekAsync(ImmutableArray<long> offsets, CancellationToken cancellation) =>
        await AskAsync(consumer =>
        {
            consumer.Seek(offsets);
            return true;
        }, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<InputFetch> FetchAsync(int maxRecords, ImmutableArray<int> wanted, CancellationToken cancellation) =>
        new(AskAsync(consumer => consumer.Fetch(maxRecords, wanted, cancellation), cancellation));

    /// <summary>
    /// Shows lag tools the lowest offsets not yet evaluated, and returns where the inputs end. Nothing ever resumes from the former: they lag, and
    /// they expire.
    /// </summary>
    public ValueTask<ImmutableArray<long>> ShowProgressAsync(ImmutableArray<long> offsets, CancellationToken cancellation) =>
        new(AskAsync(consumer =>
        {
            consumer.ShowProgress(offsets);
            return consumer.Ends();
        }, cancellation));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _requests.CompleteAdding();
        await _ended.Task.ConfigureAwait(false);
        _requests.Dispose();
    }

    private Task<T> AskAsync<T>(Func<InputConsumer, T> ask, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add(consumer =>
        {
            try
            {
                if (cancellation.IsCancellationRequested)
                    answer.SetCanceled(cancellation);
                else
                    answer.SetResult(ask(consumer));
            }
            catch (Exception failure)
            {
                // Handed to whom it concerns: the thread itself goes on serving.
                answer.SetException(failure);
            }
        }, cancellation);
        return answer.Task;
    }

    private void Run(InputConsumer consumer)
    {
        try
        {
            using (consumer)
                foreach (var request in _requests.GetConsumingEnumerable())
                    request(consumer);
            _ended.SetResult();
        }
        catch (KafkaException failure)
        {
            _ended.SetException(failure);
        }
    }
}
