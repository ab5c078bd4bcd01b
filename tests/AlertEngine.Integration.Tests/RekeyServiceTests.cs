using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests;

/// <summary>
/// Goal: an event under a wrong key reaches the lane of its district once. Method: the program against a broker and a Redis of its own; events and
/// feedback under the key of another district, SIGKILL in between; an outside consumer judges.
/// </summary>
public sealed class RekeyServiceTests
{
    private const string Events = "city.events.sensor.v1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_and_feedback_under_the_key_of_another_district_take_effect_once()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var redis = ServiceStart.RedisOrSkip();
        using var service = new FireService(broker);
        string config = service.Configure("alone", redis: redis.Configuration);
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);

        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
            service.Produce(Events, "320104", Alarms(0, 100));
            service.ReadOrders(atLeast: 20);
            await engine.KillAsync();
        }

        // The same once more, some of them where they belong: the lane of the district knows them all.
        service.Produce(Events, "320104", Alarms(50, 100));
        service.Produce(Events, "320106", Alarms(0, 50));
        await using var successor = EngineProcess.Start("run", "--config", config);
        await successor.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        var orders = service.ReadOrders(atLeast: 150);
        Assert.Equal((150, 150), (orders.Length, orders.Distinct().Count()));

        service.Produce("city.workorders.feedback.v1", "320104", CommandServiceTests.Say("f-1", "acknowledge", orders[0], "320106"));
        Assert.Equal("city.command.accepted.v1", FireService.TypeOf(service.Read("alertengine.replies.v1", atLeast: 1).Single()));
        Assert.Equal(0, await successor.TerminateAsync(Cancellation));
        // 200 events and one feedback sent on; an order and an alert of each of 150, one revision, one reply.
        Assert.Equal("lanes 2, messages 503, gaps 0, repeats 0\n", (await EngineProcess.RunAsync("orders", "verify", "--config", config)).Output);
    }

    private static IEnumerable<string> Alarms(int from, int count) => Enumerable.Range(from, count).Select(n => FireService.Event($"e-{n}", $"SD-{n}", "320106"));
}
