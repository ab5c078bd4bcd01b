namespace AlertEngine.Simulation.Conformance;

/// <summary>A topic of two partitions and the producers that write into it in transactions: simulated, or on a real broker.</summary>
internal interface ITransactionLog : IAsyncDisposable
{
    /// <summary>A new producer takes a transactional id; what its predecessor left open is aborted.</summary>
    Task InitAsync(string producer, string transactionalId);

    /// <summary>Sends a record; the first one begins a transaction.</summary>
    Task SendAsync(string producer, int partition, string key, string value);

    /// <summary>Writes a record outside of any transaction.</summary>
    Task WriteAsync(int partition, string key, string value);

    /// <summary>Ends the transaction; <c>done</c>, or <c>fenced</c> where the producer is not the one of its id any more.</summary>
    Task<string> EndAsync(string producer, bool commits);

    /// <summary>Asks for the commit and does not wait for the answer.</summary>
    Task CommitUnheardAsync(string producer);

    /// <summary>The cluster waits for open transactions no longer.</summary>
    Task ExpireAsync();

    /// <summary>Lets the log be compacted, where that can be asked for.</summary>
    Task CompactAsync(int partition);

    /// <summary>What a read_committed reader is given from the beginning, and whether something that lies behind is hidden from it.</summary>
    Task<(IReadOnlyList<(string Key, string Value)> Records, bool IsMoreHidden)> ReadAsync(int partition);
}
