using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka.Topics;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Ownership;

/// <summary>
/// Lanes shared among processes. One group subscribes to one topic only, whose assignment is the sole authority: an assignor that is sticky does
/// not keep the partitions of several topics together. Membership is static, so that a process which returns within the session's time-out takes
/// its lanes without the others noticing. What the topic holds (heartbeats) is not for this consumer.
/// </summary>
public sealed class GroupOwnership : ILaneOwnership
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(15);
    private readonly KafkaClients _clients;
    private readonly string _instanceId;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ILaneRunner _runner = null!;

    /// <summary>A member of the group; it joins with <see cref="Start"/>.</summary>
    /// <param name="clients">The cluster.</param>
    /// <param name="instanceId">The member's permanent name, its own in the group.</param>
    public GroupOwnership(KafkaClients clients, string instanceId)
    {
        _clients = clients;
        _instanceId = instanceId;
    }

    /// <summary>The group: not the one that shows progress, which must have no members for that.</summary>
    public static string GroupOf(KafkaOptions options) => $"{options.GroupId}.lanes";

    /// <inheritdoc/>
    public void Start(ILaneRunner runner)
    {
        _runner = runner;
        new Thread(Run) { IsBackground = true, Name = "kafka-ownership" }.Start();
    }

    /// <summary>Leaves the thread, not the group: a static member keeps its lanes until its session ends, so that a restart moves nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_runner is not null)
            await _ended.Task.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private void Run()
    {
        try
        {
            using var consumer = Build();
            consumer.Subscribe(TopicNames.Lanes);
            while (!_stopping.IsCancellationRequested)
                Turn(consumer);
            consumer.Close();
        }
        catch (KafkaException failure)
        {
            _runner.Failed(failure.Error.Code is ErrorCode.FencedInstanceId or ErrorCode.Local_Fenced
                ? $"another process runs under the instance id {_instanceId}"
                : $"the group {GroupOf(_clients.Options)} cannot be joined: {failure.Error.Reason}");
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private static void Turn(IConsumer<Ignore, Ignore> consumer)
    {
        try
        {
            consumer.Consume(Poll);
        }
        catch (ConsumeException failure) when (!failure.Error.IsFatal && failure.Error.Code is not ErrorCode.TopicAuthorizationFailed and not ErrorCode.GroupAuthorizationFailed)
        {
            // The client goes on trying by itself.
        }
    }

    private IConsumer<Ignore, Ignore> Build() =>
        _clients.Consumer<Ignore, Ignore>("ownership", AutoOffsetReset.Latest, config =>
        {
            config.GroupId = GroupOf(_clients.Options);
            config.GroupInstanceId = _instanceId;
            config.SessionTimeoutMs = 10_000;
            config.HeartbeatIntervalMs = 3_000;
            config.PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky;
            config.EnablePartitionEof = false;
        })
        .SetPartitionsAssignedHandler((_, partitions) => _runner.Assigned(LanesOf(partitions)))
        .SetPartitionsRevokedHandler((_, partitions) => Revoke(LanesOf(partitions.Select(partition => partition.TopicPartition))))
        .SetPartitionsLostHandler((_, partitions) => _runner.Lost(LanesOf(partitions.Select(partition => partition.TopicPartition))))
        .Build();

    /// <summary>Giving a lane away waits until it has stopped, so that its new owner need not fence it; it does not wait for ever.</summary>
    private void Revoke(ImmutableArray<int> lanes) => _runner.RevokedAsync(lanes).Wait(RevocationLimit);

    private static ImmutableArray<int> LanesOf(IEnumerable<TopicPartition> partitions) => [.. partitions.Select(partition => partition.Partition.Value).Order()];
}
