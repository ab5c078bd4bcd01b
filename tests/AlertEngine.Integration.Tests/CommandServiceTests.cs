using System.Text.Json;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests;

/// <summary>
/// Goal: what a unit reports about an order takes effect once and is answered, whatever is killed. Method: the program against a broker of its own;
/// feedback as a department's client would send it; an outside consumer judges.
/// </summary>
public sealed class CommandServiceTests
{
    private const string Feedback = "city.workorders.feedback.v1";
    private const string Replies = "alertengine.replies.v1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Feedback_changes_an_order_once_and_every_record_is_answered_though_the_engine_is_killed_in_between()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        string config = service.Configure("alone");
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);

        string order;
        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
            service.Produce("city.events.sensor.v1", "320106", FireService.Event("e-1", "SD-1", "320106"));
            order = service.ReadOrders(atLeast: 1).Single();
            service.Produce(Feedback, "320106", Say("f-1", "acknowledge", order), Say("f-2", "verify", order), Say("f-3", "dance", order));
            service.Read(Replies, atLeast: 3);
            await engine.KillAsync();
        }

        // While it is away the unit goes on reporting, and sends one record again.
        service.Produce(Feedback, "320106", Say("f-1", "acknowledge", order), Say("f-4", "resolve", order));
        await using var successor = EngineProcess.Start("run", "--config", config);
        await successor.UntilSaidAsync("is running", FireService.Lanes, Cancellation);

        Assert.Equal(
            [
                "f-1 accepted ",
                "f-1 repeated ",
                "f-2 refused the order is acknowledged; verify is possible while it is resolved",
                "f-3 refused 'dance' is none of acknowledge, arrive, resolve, verify, close, reopen, return, suspend, resume, extend, reassign, cancel, silence, unsilence, switch-mode, start-scene, stop-scene, adopt",
                "f-4 accepted ",
            ],
            service.Read(Replies, atLeast: 5).Select(TextOf).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["1 dispatched", "2 acknowledged", "3 resolved"],
            service.Read(FireService.OrdersTopic, atLeast: 3).Select(message => message.GetProperty("data")).Select(data => $"{data.GetProperty("revision")} {data.GetProperty("status")}"));
        Assert.Equal(0, await successor.TerminateAsync(Cancellation));
        Assert.Equal("lanes 1, messages 9, gaps 0, repeats 0\n", (await EngineProcess.RunAsync("orders", "verify", "--config", config)).Output);
    }

    /// <summary>What a unit reports; without a district the record's key is it.</summary>
    internal static string Say(string id, string word, string order, string? district = null) =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"/gulou","type":"city.workorder.feedback.v1","time":"2026-07-01T08:00:00+08:00",{{{(district is null ? "" : $"\"district\":\"{district}\",")}}}"data":{"command":"{{{word}}}","order":"{{{order}}}","actor":"officer wang","reason":"on duty"}}""";

    private static string TextOf(JsonElement reply)
    {
        JsonElement data = reply.GetProperty("data");
        return $"{data.GetProperty("commandId")} {data.GetProperty("outcome")} {(data.TryGetProperty("reason", out var reason) ? reason : "")}";
    }
}
