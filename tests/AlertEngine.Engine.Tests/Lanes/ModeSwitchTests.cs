using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: a switch of the mode, or of a scene, takes effect at one point of event time, and is told once. Method: one district's kernel, events
/// out of order within the lateness of its rules on both sides of the switch.
/// </summary>
public sealed class ModeSwitchTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 7, 1, 0, 0);
    private static readonly SlaPlan Usual = new("usual", new SlaLimit(Duration.FromHours(1), SlaUnit.Hours), null, null, null);
    private static readonly SlaPlan Quick = new("quick", new SlaLimit(Duration.FromMinutes(10), SlaUnit.Hours), null, null, null);

    [Fact]
    public void Every_event_before_the_switch_is_judged_by_the_old_mode_and_every_later_one_by_the_new_whatever_came_first()
    {
        // Four readings a second apart on each side of the switch at 60 s, shuffled so that each comes up to four seconds late.
        int[] seconds = [57, 61, 56, 60, 59, 63, 58, 62, 65];
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Command(Switch(60, "emergency"));
        foreach (int second in seconds)
            run.Events(TestRules.Event($"e{second}", $"S{second}", At(second), 9));
        run.Pass(At(120));

        Assert.Equal(
            ["S56 yellow", "S57 yellow", "S58 yellow", "S59 yellow", "S60 orange", "S61 orange", "S62 orange", "S63 orange", "S65 orange"],
            run.Orders.Select(order => $"{order.GetProperty("dedupKey").GetString()!.Split('|')[^1]} {order.GetProperty("severity")}"));
        Assert.Equal(
            ["60m", "10m"],
            run.Orders.Select(order => InstantPattern.ExtendedIso.Parse(order.GetProperty("sla").GetProperty("acknowledgeBy").GetString()!).Value - InstantPattern.ExtendedIso.Parse(order.GetProperty("dispatchedAt").GetString()!).Value)
                .Select(limit => $"{limit.TotalMinutes}m").Distinct());
    }

    [Fact]
    public void A_switch_is_told_once_behind_everything_that_it_parts_and_a_restart_tells_it_no_second_time()
    {
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Command(Switch(60, "emergency")).Pass(At(64));
        Assert.Empty(Told(run));
        run.Recover().Pass(At(66)).RestoreSnapshot().Pass(At(200));
        Assert.Equal(["city.mode.switched.v1 emergency 2026-07-01T00:01:00Z"], Told(run));
        JsonElement data = JsonDocument.Parse(run.Outputs.Single(output => output.Kind == OutputKind.Notification).Value).RootElement.GetProperty("data");
        Assert.Equal("""{"mode":"emergency","name":{"zh":"应急","en":"Emergency"},"former":"normal","effectiveAt":"2026-07-01T00:01:00Z"}""", data.GetRawText());
    }

    [Fact]
    public void A_scene_of_the_calendar_tells_its_beginning_and_end_and_a_command_stops_it_before()
    {
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Pass(At(Days(1)) + TicksOfHours(16)).Pass(At(Days(4)));
        Assert.Equal(["city.scene.started.v1 watch 2026-07-01T16:00:00Z", "city.scene.ended.v1 watch 2026-07-03T16:00:00Z"], Told(run));

        run = new KernelRun(Rules()).Pass(At(0)).Command(Scene(Days(1), ContextCommand.StopScene)).Pass(At(Days(4)));
        Assert.Equal(["city.scene.started.v1 watch 2026-07-01T16:00:00Z", "city.scene.ended.v1 watch 2026-07-02T00:00:00Z"], Told(run));
    }

    [Fact]
    public void A_scene_by_hand_begins_at_its_instant_and_goes_on_until_it_is_stopped()
    {
        KernelRun run = new KernelRun(Rules()).Pass(At(0)).Command(Scene(600, ContextCommand.StartScene, "drill")).Pass(At(Days(1))).Recover()
            .Command(Scene(Days(1) + 60, ContextCommand.StopScene, "drill")).Pass(At(Days(1) + 120));
        Assert.Equal(["started drill", "started watch", "ended drill"], Told(run).Select(line => line.Split(' ')).Select(line => $"{line[0].Split('.')[2]} {line[1]}"));
    }

    [Fact]
    public void Open_orders_keep_their_clocks_unless_the_mode_says_to_change_them()
    {
        Assert.Equal(["1 01:00:00"], Clocks(isChanging: false));
        Assert.Equal(["1 01:00:00", "2 00:10:00"], Clocks(isChanging: true));
    }

    [Fact]
    public void The_flood_budget_is_a_multiple_in_the_mode()
    {
        CompiledRule rule = TestRules.ShotAbove("shot", 5) with { Flood = new FloodPlan(2, Duration.FromHours(1)) };
        int Dispatched(string mode)
        {
            KernelRun run = new KernelRun(Rules(rule: rule)).Pass(At(0)).Command(Switch(1, mode));
            for (int i = 0; i < 9; i++)
                run.Events(TestRules.Event($"e{i}", $"S{i}", At(60 + i), 9));
            return run.Pass(At(120)).Orders.Count(order => order.GetProperty("revision").GetInt32() == 1 && !order.GetProperty("title").ToString().Contains("storm", StringComparison.OrdinalIgnoreCase));
        }

        Assert.True(Dispatched("emergency") > Dispatched("normal"), $"{Dispatched("emergency")} orders in emergency, {Dispatched("normal")} usually");
    }

    private static string[] Clocks(bool isChanging)
    {
        KernelRun run = new KernelRun(Rules(isChanging)).Pass(At(0)).Events(TestRules.Event("e1", "S1", At(10), 9)).Pass(At(30)).Command(Switch(60, "emergency")).Pass(At(120));
        return [.. run.Orders.Select(order =>
        {
            Instant At(string member) => InstantPattern.ExtendedIso.Parse((order.TryGetProperty(member, out JsonElement own) ? own : order.GetProperty("sla").GetProperty(member)).GetString()!).Value;
            return $"{order.GetProperty("revision")} {(At("acknowledgeBy") - At("dispatchedAt")).ToTimeSpan():c}";
        })];
    }

    private static string[] Told(KernelRun run) =>
        [.. run.Outputs.Where(output => output.Kind == OutputKind.Notification && output.Topic == ContextDocument.Topic).Select(output => JsonDocument.Parse(output.Value).RootElement)
            .Select(json => $"{json.GetProperty("type")} {json.GetProperty("subject")} {json.GetProperty("time")}")];

    private static ContextCommand Switch(int second, string mode) => new($"c-{second}", At(second), "mayor", "rain", ContextCommand.SwitchMode) { Mode = mode };

    private static ContextCommand Scene(int second, string verb, string scene = "watch") => new($"c-{second}", At(second), "mayor", "rain", verb) { Scene = scene };

    private static long At(int second) => Start.ToUnixTimeTicks() + (second * NodaConstants.TicksPerSecond);

    private static int Days(int days) => days * 86_400;

    private static long TicksOfHours(int hours) => hours * NodaConstants.TicksPerHour;

    private static RuleSet Rules(bool isChanging = false, CompiledRule? rule = null)
    {
        CompiledRule each = rule ?? TestRules.ShotAbove("shot", 5) with { Lateness = Duration.FromSeconds(5), Late = LatePolicy.Drop };
        RuleSet set = TestRules.Set(each with { Base = each.Base with { Sla = Usual } });
        CityMode emergency = new("emergency", new LocalText("应急", "Emergency"), new Dictionary<string, string> { ["usual"] = "quick" }.ToFrozenDictionary(), 1) { ChangesClocks = isChanging, FloodTimes = 3 };
        return set with
        {
            City = set.City with
            {
                Modes = new Dictionary<string, CityMode> { ["emergency"] = emergency }.ToFrozenDictionary(),
                Slas = new Dictionary<string, SlaPlan> { ["usual"] = Usual, ["quick"] = Quick }.ToFrozenDictionary(),
                Scenes = new Dictionary<string, Scene>
                {
                    ["watch"] = new("watch", LocalText.Both("watch"), [new ScenePeriod(new AnnualDate(7, 2), new AnnualDate(7, 4), null, 0, 0)]),
                    ["drill"] = new("drill", LocalText.Both("drill"), []),
                }.ToFrozenDictionary(),
            },
        };
    }
}
