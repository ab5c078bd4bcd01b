namespace AlertEngine.Simulation.World.Kafka;

/// <summary>Where a transaction is.</summary>
internal enum SimTransactionState
{
    /// <summary>Records may come.</summary>
    Ongoing = 0,

    /// <summary>Decided: it will be visible.</summary>
    Committed,

    /// <summary>Decided: it never will be.</summary>
    Aborted,
}

/// <summary>One transaction. Its outcome is decided at one instant; its partitions learn of it one after the other.</summary>
internal sealed class SimTransaction(string transactionalId)
{
    public string TransactionalId { get; } = transactionalId;

    public SimTransactionState State { get; set; }

    /// <summary>Where it has written.</summary>
    public List<SimPartition> Partitions { get; } = [];

    /// <summary>What it has written.</summary>
    public List<(SimPartition Partition, SimRecord Record)> Records { get; } = [];

    /// <summary>Partitions that do not know the outcome yet.</summary>
    public int Unmarked { get; set; }

    /// <summary>Whether it is over for everybody.</summary>
    public bool IsEnded => State != SimTransactionState.Ongoing && Unmarked == 0;
}
