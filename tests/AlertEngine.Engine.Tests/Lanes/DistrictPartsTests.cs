using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Lanes;
using AlertEngine.Testing.Rules;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: a district is encoded in parts of a bounded size, each of which says after which batch it was so. Method: a district with alerts, orders and
/// pending holds.
/// </summary>
public sealed class DistrictPartsTests
{
    private static readonly long StartTicks = Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks();

    [Fact]
    public void Parts_are_as_large_as_allowed_and_one_entry_more()
    {
        KernelRun run = District(60);
        int whole = run.Kernel.EncodeSnapshot().Length;
        List<StatePart> parts = [run.Kernel.EncodePart(0, 1, 4_000)];
        while (!parts[^1].IsLast)
            parts.Add(run.Kernel.EncodePart(parts.Count, 1, 4_000));
        Assert.InRange(parts.Count, whole / 6_000, whole / 3_000);
        Assert.All(parts, part => Assert.InRange(part.State.Length, 100, 6_000));
    }

    [Fact]
    public void Alerts_and_orders_stay_those_of_the_beginning_and_keys_are_those_of_now()
    {
        KernelRun run = District(10);
        StatePart first = run.Kernel.EncodePart(0, 1, 1);
        run.Events(Event(100, 60));
        StatePart values = run.Kernel.EncodePart(1, 2, int.MaxValue);
        StatePart keys = run.Kernel.EncodePart(2, 2, int.MaxValue);
        Assert.Equal((1, false), (first.Sequence, first.IsLast));
        Assert.Equal((1, false), (values.Sequence, values.IsLast));
        Assert.Equal((2, true), (keys.Sequence, keys.IsLast));
    }

    [Fact]
    public void A_part_that_nothing_precedes_is_a_mistake_of_the_caller()
    {
        KernelRun run = District(1);
        Assert.Equal("part 1 of a snapshot that was not begun", Assert.Throws<InvalidOperationException>(() => run.Kernel.EncodePart(1, 1, 100)).Message);
    }

    private static KernelRun District(int devices)
    {
        RuleSet rules = TestRules.Set(
            TestRules.EachAbove("each", 90, Duration.FromMinutes(3)), TestRules.HoldAbove("hold", 50, Duration.FromMinutes(5), Duration.Zero));
        return new KernelRun(rules).Events([.. Enumerable.Range(0, devices).Select(device => Event(device, device % 2 == 0 ? 95 : 60))]);
    }

    private static EventRecord Event(int device, double value) => TestRules.Event($"e{device}", $"dev-{device}", StartTicks + device, value);
}
