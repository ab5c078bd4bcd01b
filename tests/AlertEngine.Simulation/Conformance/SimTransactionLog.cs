using System.Text;
using AlertEngine.Simulation.World;
using AlertEngine.Simulation.World.Kafka;

namespace AlertEngine.Simulation.Conformance;

/// <summary>The cluster of the simulator.</summary>
internal sealed class SimTransactionLog : ITransactionLog
{
    private const string Topic = "conformance";

    private readonly Schedule _schedule = new();
    private readonly SimKafka _kafka;
    private readonly Dictionary<string, Producer> _producers = [];

    public SimTransactionLog(int seed)
    {
        _kafka = new SimKafka(_schedule, new Chance(seed));
        _kafka.Create(Topic, 2);
    }

    public Task InitAsync(string producer, string transactionalId)
    {
        (SimAnswer answer, int epoch) = _kafka.Coordinator.Init(transactionalId, 0);
        for (; answer == SimAnswer.Concurrent; (answer, epoch) = _kafka.Coordinator.Init(transactionalId, 0))
            Pass(TimeSpan.TicksPerSecond);
        _producers[producer] = new Producer(transactionalId, epoch);
        return Task.CompletedTask;
    }

    public Task SendAsync(string producer, int partition, string key, string value)
    {
        Producer sender = _producers[producer];
        (SimAnswer answer, SimTransaction? transaction) = _kafka.Coordinator.Join(sender.TransactionalId, sender.Epoch);
        for (; answer == SimAnswer.Concurrent; (answer, transaction) = _kafka.Coordinator.Join(sender.TransactionalId, sender.Epoch))
            Pass(TimeSpan.TicksPerSecond);
        if (transaction is not null)
            _kafka.Partition(Topic, partition).Append(key, Encoding.UTF8.GetBytes(value), null, transaction);
        return Task.CompletedTask;
    }

    public Task WriteAsync(int partition, string key, string value)
    {
        _kafka.Partition(Topic, partition).Append(key, Encoding.UTF8.GetBytes(value), null, null);
        return Task.CompletedTask;
    }

    public Task<string> EndAsync(string producer, bool commits)
    {
        SimAnswer answer = End(producer, commits);
        Pass(2 * TimeSpan.TicksPerSecond);
        return Task.FromResult(answer == SimAnswer.Fenced ? "fenced" : "done");
    }

    public Task CommitUnheardAsync(string producer)
    {
        End(producer, commits: true);
        return Task.CompletedTask;
    }

    public Task ExpireAsync()
    {
        Pass(SimCoordinator.TimeoutTicks + (2 * TimeSpan.TicksPerSecond));
        return Task.CompletedTask;
    }

    public Task CompactAsync(int partition)
    {
        _kafka.Partition(Topic, partition).Compact();
        return Task.CompletedTask;
    }

    public Task<(IReadOnlyList<(string Key, string Value)> Records, bool IsMoreHidden)> ReadAsync(int partition)
    {
        SimPartition read = _kafka.Partition(Topic, partition);
        (List<SimRecord> records, _) = read.Read(0, read.LastStable, int.MaxValue);
        return Task.FromResult<(IReadOnlyList<(string, string)>, bool)>(
            ([.. records.Select(record => (record.Key, Encoding.UTF8.GetString(record.Value.Span)))], read.LastStable < read.End));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SimAnswer End(string producer, bool commits)
    {
        Producer ending = _producers[producer];
        return _kafka.Coordinator.End(ending.TransactionalId, ending.Epoch, commits ? SimTransactionState.Committed : SimTransactionState.Aborted);
    }

    private void Pass(long ticks)
    {
        bool isOver = false;
        _schedule.In(ticks, () => isOver = true);
        while (!isOver)
            _schedule.Step();
    }

    private sealed record Producer(string TransactionalId, int Epoch);
}
