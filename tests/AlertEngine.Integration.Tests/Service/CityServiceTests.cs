using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Testing.Services;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace AlertEngine.Integration.Tests.Service;

/// <summary>
/// Goal: the city lane says once what alerts of several districts call for, whatever is killed. Method: the program against a broker of its own, the
/// districts' alerts before a kill and after it; an outside consumer judges.
/// </summary>
public sealed class CityServiceTests
{
    private const string CentreTopic = "city.workorders.centre.v1";

    private const string Rules = """
        alertengine: rules/v1
        pack: centre
        events: { fire.alarm: { level: { type: double } } }
        rules:
          - id: fire-alarm
            name: { en: Fire alarm }
            owner: fire
            stage: live
            source: { type: fire.alarm }
            detect: { each: { when: event.level > 9.0, once: true } }
            severity: { base: red }
            title: { en: Fire alarm }
            routes: [ { to: gulou } ]
          - id: fires-everywhere
            name: { en: Fires in two districts within an hour }
            owner: centre
            stage: live
            scope: city
            source: { alert: fire-alarm }
            key: "'city'"
            detect: { distinct: { of: event.district, at_least: 2, window: 1h } }
            severity: { base: red }
            title: { en: "{distinct.count} districts" }
            routes: [ { to: centre } ]
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alerts_of_two_districts_are_one_order_of_the_city_though_the_engine_is_killed_between_them_and_behind()
    {
        await using var broker = new KafkaBroker();
        await broker.StartOrSkipAsync();
        using var service = new FireService(broker);
        string config = Configure(service);
        Assert.Equal(0, (await EngineProcess.RunAsync("topics", "create", "--partitions", "3", "--config", config)).ExitCode);

        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            service.Produce("city.events.sensor.v1", "320106", Now("e-1", "SD-1", "320106"));
            service.ReadOrders(atLeast: 1);
            await engine.KillAsync();
        }

        await using (var engine = EngineProcess.Start("run", "--config", config))
        {
            service.Produce("city.events.sensor.v1", "320104", Now("e-2", "SD-2", "320104"));
            CityOrders(service, 1);
            await engine.KillAsync();
        }

        await using var successor = EngineProcess.Start("run", "--config", config);
        service.Produce("city.events.sensor.v1", "320104", Now("e-3", "SD-3", "320104"));
        service.ReadOrders(atLeast: 3);
        Assert.Equal(0, await successor.TerminateAsync(Cancellation));

        JsonElement order = Assert.Single(CityOrders(service, 1)).GetProperty("data");
        Assert.Equal(("2 districts", "320100"), (order.GetProperty("title").GetProperty("en").GetString(), order.GetProperty("location").GetProperty("district").GetString()));
        string verified = (await EngineProcess.RunAsync("orders", "verify", "--config", config)).Output;
        Assert.EndsWith("gaps 0, repeats 0\n", verified, StringComparison.Ordinal);
    }

    /// <summary>An alarm of this moment: while lanes are idle the city's time follows the clock, and what happened long before it is late.</summary>
    private static string Now(string id, string device, string district) => FireService.Event(id, device, district)
        .Replace("2026-07-01T08:00:00+08:00", InstantPattern.ExtendedIso.Format(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow())), StringComparison.Ordinal);

    private static ImmutableArray<JsonElement> CityOrders(FireService service, int atLeast) =>
        service.Read(CentreTopic, atLeast, message => FireService.TypeOf(message) == "city.workorder.dispatched.v1");

    /// <summary>The usual configuration with rules of its own, and lanes that are idle after two seconds, so that the city need not wait for long.</summary>
    private static string Configure(FireService service)
    {
        string config = service.Configure("alone");
        File.WriteAllText(Path.Combine(service.Folder, "fire.rules.yaml"), Rules);
        string city = Path.Combine(service.Folder, "city.yaml");
        File.WriteAllText(city, File.ReadAllText(city).Replace("units:\n", "units:\n  - { id: centre, name: { zh: 市中心, en: Centre } }\n", StringComparison.Ordinal));
        JsonElement settings = JsonElement.Parse(File.ReadAllText(config)).GetProperty("AlertEngine");
        Dictionary<string, object> changed = settings.EnumerateObject().ToDictionary(member => member.Name, member => (object)member.Value);
        changed["Time"] = new { Idle = "2s" };
        File.WriteAllText(config, JsonSerializer.Serialize(new { AlertEngine = changed }));
        return config;
    }
}
