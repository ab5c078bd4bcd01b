using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka;

/// <summary>
/// The administrative client that all who ask a cluster share. Two things of the client library are kept from them: its native handle must not be
/// freed while a question is under way, so that the last who asks gives it back; and the thread that brings the answers can end by a fault of the
/// library (a question that timed out is one: confluent-kafka-dotnet issue 2471), after which none is ever answered again. Each answer is therefore awaited for a bounded time, and a silent client is replaced.
/// Thread-safe.
/// </summary>
internal sealed class SharedAdmin(Func<IAdminClient> make, TimeSpan limit)
{
    private readonly Lock _lock = new();
    private Asked? _current;
    private bool _isDisposed;

    /// <summary>The client of now, for who knows that nobody disposes it meanwhile.</summary>
    internal IAdminClient Client
    {
        get
        {
            Asked asked = Enter();
            Leave(asked);
            return asked.Client;
        }
    }

    /// <summary>Asks, and waits no longer than the limit.</summary>
    /// <exception cref="KafkaException"><see cref="ErrorCode.Local_TimedOut"/>: no answer came.</exception>
    /// <exception cref="KafkaConnectorException">This has been disposed.</exception>
    internal async Task<T> AskAsync<T>(Func<IAdminClient, Task<T>> ask)
    {
        Asked asked = Enter();
        try
        {
            return await ask(asked.Client).WaitAsync(limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Retire(asked);
            throw new KafkaException(new Error(ErrorCode.Local_TimedOut, $"the administrative client said nothing for {limit.TotalSeconds:0} s and is replaced"));
        }
        finally
        {
            Leave(asked);
        }
    }

    /// <summary>Asks with a call that waits by itself.</summary>
    /// <exception cref="KafkaConnectorException">This has been disposed.</exception>
    internal T Ask<T>(Func<IAdminClient, T> ask)
    {
        Asked asked = Enter();
        try
        {
            return ask(asked.Client);
        }
        finally
        {
            Leave(asked);
        }
    }

    /// <summary>Gives the client back as soon as nobody asks through it.</summary>
    internal void Dispose()
    {
        Asked? current;
        lock (_lock)
            (current, _isDisposed) = (_current, true);
        if (current is not null)
            Retire(current);
    }

    private Asked Enter()
    {
        lock (_lock)
        {
            if (_isDisposed)
                throw new KafkaConnectorException("the clients of the cluster are closed");
            _current ??= new Asked(make());
            _current.Questions++;
            return _current;
        }
    }

    private void Retire(Asked asked)
    {
        bool isIdle;
        lock (_lock)
        {
            if (_current == asked)
                _current = null;
            isIdle = !asked.IsRetired && asked.Questions == 0;
            asked.IsRetired = true;
        }

        if (isIdle)
            asked.Client.Dispose();
    }

    private void Leave(Asked asked)
    {
        bool isLast;
        lock (_lock)
            isLast = --asked.Questions == 0 && asked.IsRetired;
        // Not here: an answer may come on the client's own thread, which its end waits for. Nobody waits for the end of one that is beyond use.
        if (isLast)
            Task.Run(asked.Client.Dispose);
    }

    /// <summary>A client, and how many questions it has not answered.</summary>
    private sealed class Asked(IAdminClient client)
    {
        public IAdminClient Client => client;

        public int Questions { get; set; }

        public bool IsRetired { get; set; }
    }
}
