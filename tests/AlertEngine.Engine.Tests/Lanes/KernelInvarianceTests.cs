using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: outputs depend on the stream, never on how it was cut into batches, nor on restarts from journal or snapshot, whole or taken in parts.
/// Method: random streams, each run whole and cut at random places with recoveries between; the messages must be the same bytes.
/// </summary>
public sealed class KernelInvarianceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Cuts_and_restarts_change_no_byte(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            RuleSet rules = Rules();
            ContextChange[] changes = [.. Enumerable.Range(0, 6).Select(place => new ContextChange(StartTicks + random.Next(1_200) * NodaConstants.TicksPerSecond, place % 2 == 0 ? "emergency" : "normal", null, null, null))];
            EventRecord[] events = Stream(random);
            long end = events.Max(e => e.TimeTicks) + NodaConstants.TicksPerHour;

            DistrictCommand[] commands = Commands(random);
            string whole = Began(rules, changes, commands).Events(events).Pass(end).Text;
            string cut = RunCut(Began(rules, changes, commands), events, end, random).Text;

            Assert.NotEqual("", whole);
            Assert.Equal(whole.Split('\n'), cut.Split('\n'));
        }
    }

    /// <summary>Rules that between them use every stage of suppression, every detector of the tests, two lateness classes and a gate.</summary>
    private static RuleSet Rules() => TestRules.Set(
        TestRules.EachAbove("a", 60, Duration.FromMinutes(3)) with { Reopen = Duration.FromMinutes(2), Escalations = [Escalation(2, Severity.Orange)] },
        TestRules.HoldAbove("b", 40, Duration.FromMinutes(4), Duration.Zero),
        TestRules.HoldAbove("rain", 60, Duration.FromMinutes(1), Duration.FromSeconds(20)) with { ModeSwitch = new ModeSwitchPlan("emergency", Severity.Blue, Duration.FromSeconds(30)) },
        TestRules.HoldAbove("slow", 50, Duration.FromMinutes(1), Duration.FromSeconds(50)) with { Escalations = [Escalation(1, null)], Flood = new FloodPlan(1, Duration.FromMinutes(3)) },
        TestRules.ShotAbove("c", 90) with { Reopen = Duration.FromMinutes(1), Group = Together(60, 150) },
        TestRules.EachAbove("d", 30, Duration.FromMinutes(6)) with { Active = new CelCondition(IsEmergency, frame => !IsEmergency(frame)), Escalations = [Escalation(1, null)] },
        TestRules.HoldAbove("flap", 50, Duration.Zero, Duration.Zero) with { Flapping = new FlappingPlan(0.15, 0.25), Reopen = Duration.FromMinutes(5) },
        TestRules.EachAbove("near", 55, Duration.FromMinutes(1)) with { Merge = new MergePlan(500, Duration.FromMinutes(2), Duration.FromMinutes(7)) },
        TestRules.EachAbove("flood", 45, Duration.FromMinutes(1)) with { Flood = new FloodPlan(2, Duration.FromMinutes(4)), Escalations = [Escalation(3, Severity.Red)] },
        TestRules.EachAbove("group", 40, Duration.FromMinutes(1)) with { Group = Together(45, 120), Reopen = Duration.FromMinutes(3), Flood = new FloodPlan(1, Duration.FromMinutes(9)) }) with
    {
        Inhibitions = [Inhibit("d", "group"), Inhibit("slow", "flood"), Inhibit("flood", "slow"), Inhibit("a", "b")],
    };

    private static EscalationStep Escalation(int minutes, Severity? severity) => new(Duration.FromMinutes(minutes), "acknowledged", "district", severity);

    private static GroupPlan Together(int waitSeconds, int intervalSeconds) =>
        new([_ => CelValue.Of("all")], ["all"], Duration.FromSeconds(waitSeconds), Duration.FromSeconds(intervalSeconds));

    private static InhibitPlan Inhibit(string source, string target) => new(
        new AlertSelector([source], null), new AlertSelector([target], null), [frame => frame.Records[FrameRecords.Event][EventSlots.Device]], ["event.device"]);

    private static readonly long StartTicks = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    private static bool IsEmergency(CelFrame frame) => frame.Records[FrameRecords.Context][ContextRecord.Mode].AsString == "emergency";

    private static KernelRun Began(RuleSet rules, ContextChange[] changes, DistrictCommand[] commands) =>
        commands.Aggregate(new KernelRun(rules, checksContract: false).Switch(StartTicks, changes), (run, command) => run.Command(command));

    private static DistrictCommand[] Commands(Random random) => [.. Enumerable.Range(0, 20).Select(number => Command($"c{number}", random))];

    private static DistrictCommand Command(string id, Random random)
    {
        OrderVerb[] verbs = Enum.GetValues<OrderVerb>();
        long atTicks = StartTicks + random.Next(40) * NodaConstants.TicksPerMinute / 2;
        DistrictCommand command = random.Next(4) == 0
            ? new SilenceCommand(id, random.Next(3) == 0, atTicks, "tester", "random")
            : new OrderCommand(id, verbs[random.Next(verbs.Length)], atTicks, "tester", "random") { ToUnit = "other" };
        return command with
        {
            Key = random.Next(2) == 0 ? null : $"dev-{random.Next(3)}",
            UntilTicks = atTicks + random.Next(1, 12) * NodaConstants.TicksPerMinute,
        };
    }

    private static KernelRun RunCut(KernelRun run, EventRecord[] events, long end, Random random)
    {
        for (int from = 0; from < events.Length;)
        {
            int count = random.Next(1, 8);
            run.Events([.. events.Skip(from).Take(count)]);
            from += count;
            _ = random.Next(12) switch { 0 => run.Recover(), 1 => run.RestoreSnapshot(), 2 => run.RestoreParts(), < 9 => run.TakePart(random.Next(1, 600)), _ => run };
        }

        return run.Pass(end);
    }

    private static EventRecord[] Stream(Random random)
    {
        var events = new EventRecord[40];
        for (int i = 0; i < events.Length; i++)
        {
            long ticks = StartTicks + i * NodaConstants.TicksPerMinute / 2 - random.Next(6) * NodaConstants.TicksPerSecond * 20;
            EventStatus status = random.Next(10) == 0 ? EventStatus.Exercise : EventStatus.Actual;
            events[i] = TestRules.Event($"e{i}", $"dev-{random.Next(3)}", ticks, random.Next(100), status);
            events[i].Slots[EventSlots.Geo] = new GeoPoint(32 + (random.Next(3) * 0.004), 118.8).ToValue();
        }

        return events;
    }
}
