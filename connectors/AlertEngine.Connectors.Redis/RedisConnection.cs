using StackExchange.Redis;

namespace AlertEngine.Connectors.Redis;

/// <summary>
/// The one connection of the process, shared by its lanes. It comes and goes by itself: a server that is down makes it fail fast, never wait,
/// and one that is back is used again. Thread-safe.
/// </summary>
public sealed class RedisConnection : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _multiplexer;

    private RedisConnection(RedisOptions options, ConnectionMultiplexer multiplexer)
    {
        Options = options;
        _multiplexer = multiplexer;
    }

    /// <summary>The options it was opened with.</summary>
    public RedisOptions Options { get; }

    internal IDatabase Database => _multiplexer.GetDatabase();

    /// <summary>Opens the connection, whether or not the server is there.</summary>
    /// <exception cref="ArgumentException">The configuration cannot be read.</exception>
    public static async Task<RedisConnection> OpenAsync(RedisOptions options)
    {
        var configuration = ConfigurationOptions.Parse(options.Configuration);
        configuration.AbortOnConnectFail = false;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        configuration.AsyncTimeout = (int)options.Timeout.TotalMilliseconds;
        configuration.ConnectTimeout = Math.Min(configuration.ConnectTimeout, 1_000);
        // The default waits up to a minute before it tries again; a lane that runs degraded should not.
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        configuration.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        return new(options, await ConnectionMultiplexer.ConnectAsync(configuration).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _multiplexer.DisposeAsync();
}
