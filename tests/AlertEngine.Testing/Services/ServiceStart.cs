using Xunit;

namespace AlertEngine.Testing.Services;

/// <summary>
/// Starts what a test needs. Where it is not installed the test is skipped, and says so, unless services are demanded
/// (<see cref="ServiceUnavailableException.IsFailure"/>).
/// </summary>
public static class ServiceStart
{
    /// <summary>Starts a broker unless it runs.</summary>
    public static Task StartOrSkipAsync(this KafkaBroker broker) => OrSkipAsync(async () =>
    {
        await broker.EnsureStartedAsync();
        return true;
    });

    /// <summary>Starts a server.</summary>
    public static async Task<T> OrSkipAsync<T>(Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch (ServiceUnavailableException absent) when (!ServiceUnavailableException.IsFailure)
        {
            Assert.Skip(absent.Message);
            throw;
        }
    }

    /// <summary>Starts a Redis, or another server that speaks its protocol. Garnet is in no distribution's packages: it is never demanded.</summary>
    public static RedisServer RedisOrSkip(string program = RedisServer.Redis)
    {
        try
        {
            return RedisServer.Start(program);
        }
        catch (ServiceUnavailableException absent) when (program == RedisServer.Garnet || !ServiceUnavailableException.IsFailure)
        {
            Assert.Skip(absent.Message);
            throw;
        }
    }
}
