using System.Text.Json;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>Goal: an incident on both sides of a border is one order of the city in a replay too. Method: the program over three events, its files read.</summary>
public sealed class BorderReplayTests
{
    private const string Rules = """
        alertengine: rules/v1
        pack: border
        events:
          smoke: { density_pct: { type: double, unit: '%' } }
          heat: { temp_c: { type: double, unit: c } }
        rules:
          - id: border-fire
            name: { zh: 边界火情, en: Fire across a border }
            owner: tests
            stage: live
            scope: city
            key: "'city'"
            detect:
              correlate:
                any_of:
                  smoke: { source: { type: smoke }, when: event.density_pct > 20.0 }
                  heat: { source: { type: heat }, when: event.temp_c > 60.0 }
                at_least: 2
                within: 2m
                radius: 150m
                near: event.geo
                quiet: 10m
            severity: { base: red }
            title: "{correlate.members} members"
            routes: [ { to: centre } ]
        """;

    [Fact]
    public async Task Smoke_and_heat_on_both_sides_of_a_border_are_one_order_and_a_second_replay_writes_the_same_bytes()
    {
        using WorkFolder folder = new();
        string events = folder.Write("events.ndjson", string.Join('\n',
            [Event("320106", "smoke", "08:00:00", 118.7495, """ "density_pct": 50.0 """), Event("320105", "heat", "08:01:00", 118.7505, """ "temp_c": 90.0 """), Event("320104", "heat", "08:01:30", 118.7900, """ "temp_c": 90.0 """)]));
        string[] arguments = ["replay", "--events", events, "--rules", folder.Write("border.rules.yaml", Rules), "--out", folder.File("out")];
        Ending ending = await EngineProcess.RunInAsync(folder.Path, arguments);
        Assert.True(ending.ExitCode == 0, ending.Error);

        JsonElement order = Assert.Single(new ReplayFiles(folder.File("out")).Messages("workorders.ndjson"), message => message.GetProperty("type").GetString() == "city.workorder.dispatched.v1");
        Assert.Equal(("city", "2 members", "2026-07-01T00:01:00Z"), (order.GetProperty("district").GetString(), order.GetProperty("data").GetProperty("title").GetProperty("en").GetString(), order.GetProperty("time").GetString()));

        byte[] first = File.ReadAllBytes(folder.File("out/workorders.ndjson"));
        Assert.Equal(0, (await EngineProcess.RunInAsync(folder.Path, arguments)).ExitCode);
        Assert.Equal(first, File.ReadAllBytes(folder.File("out/workorders.ndjson")));
    }

    private static string Event(string district, string type, string time, double east, string data) => FormattableString.Invariant(
        $$$"""{"specversion":"1.0","id":"e-{{{district}}}","source":"/test","type":"{{{type}}}","subject":"{{{type}}}-{{{district}}}","time":"2026-07-01T{{{time}}}+08:00","district":"{{{district}}}","data":{{{{data}}},"location":{"type":"Point","coordinates":[{{{east}}},32.05]} } }""");
}
