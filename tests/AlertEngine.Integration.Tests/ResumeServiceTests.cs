using System.Text.Json;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests;

/// <summary>
/// Goal: a journal that was put back halts its lanes with what, why and what to do, and a person's decision, no more, lets them go on. Method: the
/// program against a broker of its own; its SQLite files copied and put back; an outside consumer judges.
/// </summary>
public sealed class ResumeServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lane_whose_journal_was_put_back_halts_and_goes_on_after_a_decision_and_no_order_is_missing()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        string config = service.Configure("alone");
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);

        await RunAsync(service, config, 0);
        string backup = Directory.CreateDirectory(Path.Combine(service.Folder, "backup")).FullName;
        Copy(service.Folder, backup);
        await RunAsync(service, config, 100);
        Copy(backup, service.Folder);

        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            // The lanes that have nothing to do with it run.
            await engine.UntilSaidAsync("is running", 2, Cancellation);
            var status = await UntilHaltedAsync(config);
            Assert.Contains("was it restored from an old backup?", status.GetProperty("reason").GetString(), StringComparison.Ordinal);
            int lane = status.GetProperty("lane").GetInt32();
            Assert.EndsWith($"alertengine lanes resume {lane} --accept-rewind sends again, as a run of its own, what came after the backup", status.GetProperty("remedy").GetString(), StringComparison.Ordinal);

            Assert.Equal(1, (await EngineProcess.RunAsync("lanes", "resume", $"{lane}", "--accept-recreated", "--config", config)).ExitCode);
            Assert.Equal(0, (await EngineProcess.RunAsync("lanes", "resume", $"{lane}", "--accept-rewind", "--config", config)).ExitCode);
            await engine.UntilSaidAsync($"lane {lane} is running", 1, Cancellation);
            service.Produce("city.events.sensor.v1", "320106", Alarms(200));
            // The second hundred is sent again, under the same ids.
            var orders = service.ReadOrders(atLeast: 400);
            Assert.Equal((400, 300), (orders.Length, orders.Distinct().Count()));
            Assert.Equal(0, await engine.TerminateAsync(Cancellation));
        }

        var verified = await EngineProcess.RunAsync("orders", "verify", "--config", config);
        Assert.Equal((0, "lanes 1, messages 800, gaps 0, repeats 0\n"), (verified.ExitCode, verified.Output));
    }

    private static IEnumerable<string> Alarms(int from) => Enumerable.Range(from, 100).Select(n => FireService.Event($"e-{n}", $"SD-{n}", "320106"));

    private static async Task RunAsync(FireService service, string config, int from)
    {
        await using var engine = EngineProcess.Start("run", "--config", config);
        await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        service.Produce("city.events.sensor.v1", "320106", Alarms(from));
        service.ReadOrders(atLeast: from + 100);
        Assert.Equal(0, await engine.TerminateAsync(Cancellation));
    }

    private static void Copy(string from, string to)
    {
        foreach (string stale in Directory.GetFiles(to, "*.db*"))
            File.Delete(stale);
        foreach (string file in Directory.GetFiles(from, "*.db*"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    /// <summary>The heartbeat of the lane that halted; each look asks the broker.</summary>
    private static async Task<JsonElement> UntilHaltedAsync(string config)
    {
        string line = await Patience.UntilAsync(
            async () =>
            {
                var (_, output, _) = await EngineProcess.RunAsync("lanes", "status", "--config", config, "--format", "json");
                return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(lane => JsonElement.Parse(lane).GetProperty("state").GetString() == "halted");
            },
            () => "no heartbeat tells of the halt",
            Cancellation);
        return JsonElement.Parse(line);
    }
}
