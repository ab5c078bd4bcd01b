namespace AlertEngine.Simulation.World.Kafka;

/// <summary>What the cluster answers to a transactional request.</summary>
internal enum SimAnswer
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>A transaction of this id is being ended: ask again.</summary>
    Concurrent,

    /// <summary>The epoch is not the newest: another producer has the id, or the transaction timed out.</summary>
    Fenced,

    /// <summary>The id is not known any more: it was idle for too long.</summary>
    Expired,

    /// <summary>There is nothing to end.</summary>
    InvalidState,
}

/// <summary>
/// The transaction coordinator: one producer per transactional id, told apart by its epoch; a transaction is decided at one instant and its
/// partitions learn of it later, each at its own time.
/// </summary>
internal sealed class SimCoordinator(Schedule schedule, Chance chance, Action<SimTransaction> onMarked)
{
    /// <summary>After so long the cluster aborts a transaction by itself and fences its producer.</summary>
    public const long TimeoutTicks = 15 * TimeSpan.TicksPerSecond;

    private readonly Dictionary<string, Producer> _producers = new(StringComparer.Ordinal);

    /// <summary>A producer begins: its predecessor's transaction is aborted, its predecessor fenced. The claim is kept for checks.</summary>
    public (SimAnswer Answer, int Epoch) Init(string transactionalId, long claim)
    {
        Producer producer = Of(transactionalId);
        producer.IsExpired = false;
        if (producer.Current is { State: SimTransactionState.Ongoing } open)
        {
            producer.Epoch++;
            Decide(open, SimTransactionState.Aborted);
        }

        if (producer.Current is { IsEnded: false })
            return (SimAnswer.Concurrent, 0);
        producer.Current = null;
        producer.Epoch++;
        producer.Claim = claim;
        return (SimAnswer.Done, producer.Epoch);
    }

    /// <summary>The transaction that records of this producer belong to; it begins with the first.</summary>
    public (SimAnswer Answer, SimTransaction? Transaction) Join(string transactionalId, int epoch)
    {
        Producer producer = Of(transactionalId);
        if (producer.IsExpired)
            return (SimAnswer.Expired, null);
        if (producer.Epoch != epoch)
            return (SimAnswer.Fenced, null);
        if (producer.Current is { State: not SimTransactionState.Ongoing, IsEnded: false })
            return (SimAnswer.Concurrent, null);
        if (producer.Current is not { State: SimTransactionState.Ongoing })
            Begin(producer, transactionalId);
        return (SimAnswer.Done, producer.Current);
    }

    /// <summary>Ends a transaction.</summary>
    public SimAnswer End(string transactionalId, int epoch, SimTransactionState outcome)
    {
        Producer producer = Of(transactionalId);
        if (producer.IsExpired)
            return SimAnswer.Expired;
        if (producer.Epoch != epoch)
            return SimAnswer.Fenced;
        if (producer.Current is not { State: SimTransactionState.Ongoing } open)
            return producer.Current?.State == outcome ? SimAnswer.Done : SimAnswer.InvalidState;
        Decide(open, outcome);
        return SimAnswer.Done;
    }

    /// <summary>The id is forgotten, as after a week without a transaction.</summary>
    public void Expire(string transactionalId)
    {
        if (_producers.TryGetValue(transactionalId, out Producer? producer) && producer.Current is null or { IsEnded: true })
            producer!.IsExpired = true;
    }

    /// <summary>The claim of the producer that has an id.</summary>
    public long ClaimOf(string transactionalId) => Of(transactionalId).Claim;

    /// <summary>Whether it was the cluster itself that fenced the producer of an epoch, because its transaction took too long.</summary>
    public bool TimedOut(string transactionalId, int epoch) => Of(transactionalId).TimedOutEpochs.Contains(epoch);

    private void Begin(Producer producer, string transactionalId)
    {
        SimTransaction begun = new(transactionalId);
        producer.Current = begun;
        schedule.In(TimeoutTicks, () =>
        {
            if (producer.Current != begun || begun.State != SimTransactionState.Ongoing)
                return;
            producer.TimedOutEpochs.Add(producer.Epoch++);
            Decide(begun, SimTransactionState.Aborted);
        });
    }

    private void Decide(SimTransaction transaction, SimTransactionState outcome)
    {
        transaction.State = outcome;
        transaction.Unmarked = transaction.Partitions.Count;
        foreach (SimPartition partition in transaction.Partitions)
        {
            schedule.In(chance.Of(0.05) ? chance.Millis(50, 1_500) : chance.Millis(0, 5), () =>
            {
                partition.Mark(transaction);
                transaction.Unmarked--;
                onMarked(transaction);
            });
        }
    }

    private Producer Of(string transactionalId)
    {
        if (!_producers.TryGetValue(transactionalId, out Producer? producer))
            _producers[transactionalId] = producer = new Producer();
        return producer;
    }

    private sealed class Producer
    {
        public int Epoch { get; set; }

        public long Claim { get; set; }

        public bool IsExpired { get; set; }

        public SimTransaction? Current { get; set; }

        public HashSet<int> TimedOutEpochs { get; } = [];
    }
}
