using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>Goal: whatever becomes of Redis, every order goes out once. Method: the service on a real broker while its Redis is emptied, killed, slow and back.</summary>
public sealed class RedisServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Redis_emptied_killed_and_back_loses_no_order_and_sends_none_twice_and_the_policy_pause_waits_for_it()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var redis = ServiceStart.RedisOrSkip();
        using var service = new FireService(broker);
        string urls = $"http://127.0.0.1:{ServiceProcess.FreePort()}";
        string local = service.Configure("local", redis: redis.Configuration, urls: urls), pause = service.Configure("pause", redis: redis.Configuration, urls: urls, policy: "pause");
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", local)).ExitCode);
        await GoOnAsync(service, redis, local, urls);
        await WaitAsync(service, redis, pause, urls);

        var orders = service.ReadOrders(atLeast: 800);
        Assert.Equal((800, 800), (orders.Length, orders.Distinct().Count()));
        Assert.Equal("lanes 2, messages 1600, gaps 0, repeats 0\n", (await EngineProcess.RunAsync("orders", "verify", "--config", local)).Output);
    }

    /// <summary>Policy <c>local</c>: the lane's window goes on alone, and what it decided alone is counted.</summary>
    private static async Task GoOnAsync(FireService service, RedisServer redis, string config, string urls)
    {
        await using var engine = EngineProcess.Start("run", "--config", config);
        await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        await service.PublishAsync(0, 200, config);
        service.ReadOrders(atLeast: 200);
        redis.Command("FLUSHALL");
        // The same again, which Redis has forgotten and the window has not.
        await service.PublishAsync(0, 200, config);
        redis.Kill();
        await service.PublishAsync(200, 200, config);
        service.ReadOrders(atLeast: 400);
        redis.Up();
        await engine.UntilSaidAsync("Redis cannot be asked, the lane's window alone decides: ", 1, Cancellation);
        await service.PublishAsync(400, 200, config);
        service.ReadOrders(atLeast: 600);
        var page = await ScrapedMetrics.UntilAsync(urls, page => page["ingest_events_total"] == 800, Cancellation);
        Assert.Equal((600, 200), (page["workorders_dispatched_total"], page["deduplicate_duplicates_total"]));
        Assert.InRange(page["deduplicate_degraded_total"], 200, 800);
        Assert.Equal(0, await engine.TerminateAsync(Cancellation));
    }

    /// <summary>Policy <c>pause</c>: nothing is taken while Redis is silent, and nothing is lost.</summary>
    private static async Task WaitAsync(FireService service, RedisServer redis, string config, string urls)
    {
        await using var engine = EngineProcess.Start("run", "--config", config);
        await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        redis.Kill();
        await service.PublishAsync(600, 200, config);
        // Each lane asks again and again, at every tick; twenty rounds of questions and not one event taken.
        var page = await ScrapedMetrics.UntilAsync(urls, page => page["deduplicate_redis_unanswered_total"] > 20 * 200, Cancellation);
        Assert.Equal((0, 0), (page["ingest_events_total"], page["workorders_dispatched_total"]));
        redis.Up();
        service.ReadOrders(atLeast: 800);
        page = await ScrapedMetrics.UntilAsync(urls, page => page["ingest_events_total"] == 200, Cancellation);
        Assert.Equal((200, 0), (page["workorders_dispatched_total"], page["deduplicate_degraded_total"]));
        Assert.Equal(0, await engine.TerminateAsync(Cancellation));
    }
}
