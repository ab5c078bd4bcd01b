using System.Collections.Concurrent;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.Outputs;
using Confluent.Kafka;

namespace AlertEngine.Chaos;

/// <summary>
/// A downstream system outside the engine: reads every output topic read_committed all the time, and holds what it sees against what must be.
/// What is seen twice is told at once; what is missing can be told only at the end.
/// </summary>
internal sealed class ChaosReader : IAsyncDisposable
{
    private const string UnitTopic = "city.workorders.gulou.v1";
    private const string CentreTopic = "city.workorders.centre.v1";
    private const string DeadLetterTopic = "alertengine.deadletters.v1";

    /// <summary>What the lanes tell the city lane: numbered like all they say, in one partition.</summary>
    private const string CityTopic = "alertengine.city.v1";

    private static readonly string[] Topics = [UnitTopic, CentreTopic, DeadLetterTopic, "alertengine.alerts.v1", "alertengine.replies.v1"];

    private readonly IConsumer<Ignore, byte[]> _consumer;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, string> _orders = new();
    private readonly ConcurrentDictionary<long, SortedSet<long>> _emitted = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly Task _running;

    public ChaosReader(string bootstrap, int partitions)
    {
        _consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig
        {
            BootstrapServers = bootstrap, GroupId = "chaos-reader", IsolationLevel = IsolationLevel.ReadCommitted, AutoOffsetReset = AutoOffsetReset.Earliest, EnableAutoCommit = false,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _consumer.Assign(Topics
            .SelectMany(topic => Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)))
            .Append(new TopicPartitionOffset(CityTopic, 0, Offset.Beginning)));
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How many orders there are.</summary>
    public int Orders => _orders.Count;

    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Orders that are called for and not there, and orders that nobody called for.</summary>
    public (int Missing, int Unexpected) Compare(IReadOnlyDictionary<string, bool> calledFor) =>
        (calledFor.Count(order => !_orders.ContainsKey(order.Key)), _orders.Count(order => !calledFor.ContainsKey(order.Key)));

    /// <summary>How many outputs of each lane were seen, for those that ever said something.</summary>
    public IReadOnlyDictionary<long, int> OutputsByLane() => _emitted.ToDictionary(lane => lane.Key, lane =>
    {
        lock (lane.Value)
            return lane.Value.Count;
    });

    /// <summary>The numbers that are missing among those of the lanes.</summary>
    public long Gaps() => _emitted.Values.Sum(numbers =>
    {
        lock (numbers)
            return numbers.Count == 0 ? 0 : numbers.Max - numbers.Count;
    });

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _consumer.Close();
        _consumer.Dispose();
        _stopping.Dispose();
    }

    private void Run()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (_consumer.Consume(TimeSpan.FromMilliseconds(200)) is { } consumed)
                    Take(consumed);
            }
            catch (ConsumeException fault) when (!fault.Error.IsFatal)
            {
                // The broker is down or asleep; the client goes on by itself.
            }
        }
    }

    private void Take(ConsumeResult<Ignore, byte[]> consumed)
    {
        long lane = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.Lane) ?? -1;
        long number = OutputHeaders.NumberOf(consumed.Message.Headers, OutputHeaders.EmitSeq) ?? -1;
        SortedSet<long> numbers = _emitted.GetOrAdd(lane, _ => []);
        lock (numbers)
        {
            if (!numbers.Add(number))
                _violations.Enqueue($"output {number} of lane {lane} is there twice, again at {consumed.TopicPartitionOffset}");
        }

        if (consumed.Topic is UnitTopic or CentreTopic)
            TakeOrder(JsonElement.Parse(consumed.Message.Value), consumed.Topic == CentreTopic);
        else if (consumed.Topic == DeadLetterTopic)
            _violations.Enqueue($"a dead letter at {consumed.TopicPartitionOffset}: {System.Text.Encoding.UTF8.GetString(consumed.Message.Value)}");
    }

    private void TakeOrder(JsonElement order, bool isOfCentre)
    {
        JsonElement data = order.GetProperty("data");
        string id = data.GetProperty("workOrderId").GetString()!;
        string device = data.GetProperty("title").GetProperty("en").GetString()!;
        string about = isOfCentre ? ChaosLoad.OfCentre(device) : device;
        if (!_orders.TryAdd(about, id))
            _violations.Enqueue($"device {about} has two orders: {_orders[about]} and {id}");
    }
}
