using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests;

/// <summary>Goal: processes share the lanes, and one's death or leave is the others' work. Method: a broker, a PostgreSQL and a Redis of its own; SIGKILL.</summary>
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

    [Fact]
    public async Task Lanes_move_while_one_process_joins_one_dies_and_one_stops_cleanly_and_state_follows_them()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        await using var postgres = await ServiceStart.OrSkipAsync(PostgresServer.StartAsync);
        using var redis = ServiceStart.RedisOrSkip();
        using var service = new FireService(broker);
        object journal = new { Provider = "postgresql", postgres.ConnectionString };
        string[] configs = [.. Enumerable.Range(1, 3).Select(number => service.Configure($"engine-{number}", journal, redis.Configuration))];
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", configs[0])).ExitCode);

        await using var stopping = EngineProcess.Start("run", "--config", configs[0]);
        await stopping.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        await using var dying = EngineProcess.Start("run", "--config", configs[1]);
        await dying.UntilSaidAsync("is running", 1, Cancellation);
        await service.PublishAsync(0, 200, configs[0]);
        service.ReadOrders(atLeast: 200);
        await using var joining = EngineProcess.Start("run", "--config", configs[2]);
        await service.PublishAsync(200, 200, configs[0]);
        await joining.UntilSaidAsync("is running", 1, Cancellation);
        await dying.KillAsync();
        await service.PublishAsync(400, 200, configs[0]);
        Assert.Equal(0, await stopping.TerminateAsync(Cancellation));
        // What the former owners had journaled is known to the last one: none of this is new.
        await service.PublishAsync(0, 600, configs[2]);
        await service.PublishAsync(600, 200, configs[2]);

        var orders = service.ReadOrders(atLeast: 800);
        Assert.Equal((800, 800), (orders.Length, orders.Distinct().Count()));
        Assert.Equal(0, await joining.TerminateAsync(Cancellation));
        Assert.Equal("lanes 2, messages 1600, gaps 0, repeats 0\n", (await EngineProcess.RunAsync("orders", "verify", "--config", configs[2])).Output);
    }
}
