using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: outputs depend on the stream, never on how it was cut into batches, nor on restarts from journal or snapshot.
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
            RuleSet rules = TestRules.Set(
                TestRules.EachAbove("a", 60, Duration.FromMinutes(3)) with { Reopen = Duration.FromMinutes(2), Escalations = [new EscalationStep(Duration.FromMinutes(2), "acknowledged", "district", Severity.Orange)] },
                TestRules.HoldAbove("b", 40, Duration.FromMinutes(4), Duration.Zero),
                TestRules.ShotAbove("c", 90) with { Reopen = Duration.FromMinutes(1) });
            EventRecord[] events = Stream(random);
            long end = events.Max(e => e.TimeTicks) + NodaConstants.TicksPerHour;

            string whole = new KernelRun(rules, checksContract: false).Events(events).Pass(end).Text;
            string cut = RunCut(rules, events, end, random).Text;

            Assert.NotEqual("", whole);
            Assert.Equal(whole.Split('\n'), cut.Split('\n'));
        }
    }

    private static KernelRun RunCut(RuleSet rules, EventRecord[] events, long end, Random random)
    {
        var run = new KernelRun(rules, checksContract: false);
        for (int from = 0; from < events.Length;)
        {
            int count = random.Next(1, 8);
            run.Events([.. events.Skip(from).Take(count)]);
            from += count;
            _ = random.Next(3) switch { 0 => run.Recover(), 1 => run.RestoreSnapshot(), _ => run };
        }

        return run.Pass(end);
    }

    private static EventRecord[] Stream(Random random)
    {
        long start = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();
        var events = new EventRecord[40];
        for (int i = 0; i < events.Length; i++)
        {
            long ticks = start + i * NodaConstants.TicksPerMinute / 2 - random.Next(3) * NodaConstants.TicksPerSecond * 20;
            EventStatus status = random.Next(10) == 0 ? EventStatus.Exercise : EventStatus.Actual;
            events[i] = TestRules.Event($"e{i}", $"dev-{random.Next(3)}", ticks, random.Next(100), status);
        }

        return events;
    }
}
