using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>
/// Goal: a stop ends in its time whatever the broker does, by an exit code and a sentence and never by a crash, and loses nothing. Method: SIGTERM to
/// the program while its broker sleeps and publications are under way; then both go on, and an outside consumer judges.
/// </summary>
public sealed class CleanStopTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_while_the_broker_sleeps_ends_in_its_time_without_a_crash_and_nothing_is_lost()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        string config = service.Configure("stopped", stop: "6s");
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);
        const int rounds = 2;
        for (int round = 0; round < rounds; round++)
            await StopAsync(service, broker, config, round);

        await using var successor = EngineProcess.Start("run", "--config", service.Configure("stopped"));
        await successor.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        var orders = service.ReadOrders(atLeast: rounds * 400);
        Assert.Equal((rounds * 400, rounds * 400), (orders.Length, orders.Distinct().Count()));
        Assert.Equal(0, await successor.TerminateAsync(Cancellation));
        Assert.EndsWith(", gaps 0, repeats 0\n", (await EngineProcess.RunAsync("orders", "verify", "--config", config)).Output, StringComparison.Ordinal);
    }

    private static async Task StopAsync(FireService service, KafkaBroker broker, string config, int round)
    {
        await using var engine = EngineProcess.Start("run", "--config", config);
        await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        service.Produce("city.events.sensor.v1", "320106", Enumerable.Range(round * 400, 400).Select(n => FireService.Event($"e-{n}", $"SD-{n}", "320106")));
        // The first orders are out, so the others are on their way.
        service.ReadOrders(atLeast: (round * 400) + 1);
        await broker.SleepAsync();
        try
        {
            int exitCode = await engine.TerminateAsync(Cancellation);
            TestContext.Current.TestOutputHelper?.WriteLine($"round {round}: exit code {exitCode}");
            Assert.True(exitCode is 0 or 3, $"exit code {exitCode}: {engine.LastWords}");
            if (exitCode == 3)
                Assert.Contains("the stop was cut short after 6 s: the broker or the database did not answer in time. Nothing is lost: the next start goes on from the journal", engine.LastWords, StringComparison.Ordinal);
        }
        finally
        {
            await broker.WakeAsync();
        }
    }
}
