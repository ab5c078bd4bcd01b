using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Testing.Rules;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>
/// Goal: on a busy day every order ends closed, or overdue with its reason, though the engine is killed in the middle. Method: the program on a real
/// broker; two simulated departments that read their topics as any consumer does, work on most orders, send some back and forget others.
/// </summary>
public sealed class BusyDayTests
{
    private const int Incidents = 120;
    private const string Feedback = "city.workorders.feedback.v1", Water = "city.workorders.water.v1";

    private static readonly ImmutableArray<string> Work = ["acknowledge", "arrive", "resolve", "verify", "close"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_order_ends_closed_or_overdue_with_its_reason_and_nothing_is_missing_or_repeated()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        string config = Configure(service);
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);

        ImmutableArray<JsonElement> orders;
        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            await engine.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
            foreach (var district in Enumerable.Range(0, Incidents).GroupBy(DistrictOf))
                service.Produce("city.events.sensor.v1", district.Key, district.Select(n => FireService.Event($"e-{n}", $"SD-{n}", district.Key)));
            orders = service.Read(FireService.OrdersTopic, Incidents, IsDispatch);
            await engine.KillAsync();
        }

        // The first department does not notice that the engine is away.
        Report(service, orders, order => DutyOf(order) switch { Duty.Work => Work, Duty.Return => ["return"], _ => [] });
        await using var successor = EngineProcess.Start("run", "--config", config);
        await successor.UntilSaidAsync("is running", FireService.Lanes, Cancellation);
        int returned = orders.Count(order => DutyOf(order) == Duty.Return), forgotten = orders.Count(order => DutyOf(order) == Duty.Forget);
        Assert.True(returned > 0 && forgotten > 0, "a day without returned and forgotten orders shows nothing");
        Report(service, service.Read(Water, returned, message => IsDispatch(message) && LeadOf(message) == "water"), _ => Work);

        // The lead's topic tells the closing of its own orders, the other's that of those sent back.
        service.Read(FireService.OrdersTopic, Incidents - returned - forgotten, message => Is(message, "closed") && LeadOf(message) == "gulou");
        service.Read(Water, returned, message => Is(message, "closed") && LeadOf(message) == "water");
        service.Read(FireService.OrdersTopic, forgotten, message => Is(message, "escalated") && DutyOf(message) == Duty.Forget);
        Assert.Equal(0, await successor.TerminateAsync(Cancellation));

        await RequireEndsAsync(config, Incidents + returned);
        var verified = await EngineProcess.RunAsync("orders", "verify", "--config", config);
        Assert.Equal(0, verified.ExitCode);
        Assert.EndsWith(", gaps 0, repeats 0\n", verified.Output, StringComparison.Ordinal);
    }

    private enum Duty
    {
        Work = 0,
        Return,
        Forget,
    }

    /// <summary>What a department makes of an order hangs on its id alone, so that a second look decides alike.</summary>
    private static Duty DutyOf(JsonElement order) => OrderOf(order)[0] switch { '0' or '1' => Duty.Forget, '2' => Duty.Return, _ => Duty.Work };

    private static async Task RequireEndsAsync(string config, int expected)
    {
        JsonElement[] orders = [.. (await EngineProcess.RunAsync("orders", "list", "--config", config, "--format", "json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
        Assert.Equal(expected, orders.Length);
        Assert.All(orders, order => Assert.True(
            order.GetProperty("status").GetString() is "closed" or "returned"
                || (order.TryGetProperty("escalationReason", out var reason) && reason.GetString() == "overdue: the limit to resolve has passed" && order.GetProperty("commandLevel").GetString() == "city"),
            $"{order.GetProperty("workOrderId")} is {order.GetProperty("status")} and nobody says why"));
    }

    private static void Report(FireService service, IEnumerable<JsonElement> orders, Func<JsonElement, ImmutableArray<string>> wordsOf)
    {
        foreach (var district in orders.GroupBy(order => order.GetProperty("district").GetString()!))
            service.Produce(Feedback, district.Key, district.SelectMany(order => wordsOf(order).Select(word => Say(order, word))));
    }

    private static string Say(JsonElement order, string word) => $$$"""
        {"specversion":"1.0","id":"{{{word}}}-{{{OrderOf(order)}}}","source":"/{{{LeadOf(order)}}}","type":"city.workorder.feedback.v1","time":"2026-07-01T08:00:00+08:00","data":{"command":"{{{word}}}","order":"{{{OrderOf(order)}}}","unit":"{{{LeadOf(order)}}}","actor":"crew","reason":"busy day"}}
        """;

    private static string Configure(FireService service)
    {
        string config = service.Configure("busy");
        File.WriteAllText(Path.Combine(service.Folder, "fire.rules.yaml"), FireRules.Text(
            "orange", to: "[ gulou, water ]", more: ["sla: { acknowledge: 5s, resolve: 15s }", "escalate: [ { overdue: resolve, to: city } ]"]));
        File.WriteAllText(Path.Combine(service.Folder, "city.yaml"), FireRules.City("{ id: water, name: { zh: 水务, en: Water } }"));
        return config;
    }

    private static string DistrictOf(int number) => number % 2 == 0 ? "320106" : "320104";

    private static bool IsDispatch(JsonElement message) => Is(message, "dispatched");

    private static bool Is(JsonElement message, string operation) => FireService.TypeOf(message) == $"city.workorder.{operation}.v1";

    private static string OrderOf(JsonElement message) => message.GetProperty("data").GetProperty("workOrderId").GetString()!;

    private static string LeadOf(JsonElement message) => message.GetProperty("data").GetProperty("lead").GetString()!;
}
