using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests;

/// <summary>Goal: two processes share the lanes, and one's death is the other's work. Method: a broker, a PostgreSQL and a Redis of its own; SIGKILL.</summary>
public sealed class SharedLanesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_lanes_of_a_killed_process_go_on_in_the_other_and_no_order_is_missing_or_sent_twice()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        await using var postgres = await ServiceStart.OrSkipAsync(PostgresServer.StartAsync);
        using var redis = ServiceStart.RedisOrSkip();
        using var service = new FireService(broker);
        object journal = new { Provider = "postgresql", postgres.ConnectionString };
        string first = service.Configure("first", journal, redis.Configuration), second = service.Configure("second", journal, redis.Configuration);
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", first)).ExitCode);

        await using var dying = EngineProcess.Start("run", "--config", first);
        await dying.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        await using var surviving = EngineProcess.Start("run", "--config", second);
        await surviving.UntilSaidAsync("is running", 1, Cancellation);
        await service.PublishAsync(0, 400, first);
        service.ReadOrders(atLeast: 400);
        await dying.KillAsync();
        await service.PublishAsync(400, 400, second);
        // The same events again: whichever lane has them, they are duplicates.
        await service.PublishAsync(0, 400, second);

        var orders = service.ReadOrders(atLeast: 800);
        Assert.Equal((800, 800), (orders.Length, orders.Distinct().Count()));
        Assert.Equal(0, await surviving.TerminateAsync(Cancellation));
        Assert.Equal("lanes 2, messages 1600, gaps 0, repeats 0\n", (await EngineProcess.RunAsync("orders", "verify", "--config", second)).Output);
    }
}
