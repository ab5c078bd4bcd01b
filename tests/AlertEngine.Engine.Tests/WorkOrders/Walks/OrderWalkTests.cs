using System.Globalization;
using System.Text.Json;
using AlertEngine.Engine.WorkOrders;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders.Walks;

/// <summary>
/// Goal: whatever happens in whatever order, no order reaches an undefined state, none is lost, and no clock is counted twice. Method: random walks
/// against a model that knows only what must always be true. Steps: 4,000, or what ALERTENGINE_WALK_STEPS says; seed: 20260701, or
/// ALERTENGINE_WALK_SEED. ALERTENGINE_WALK_RECORD names a file that a line of the result is added to.
/// </summary>
public sealed class OrderWalkTests
{
    private const int StepsBetweenQuestions = 500;

    [Fact]
    public void No_walk_reaches_an_undefined_state_loses_an_order_or_counts_a_clock_twice()
    {
        int steps = Setting("ALERTENGINE_WALK_STEPS", 4_000), seed = Setting("ALERTENGINE_WALK_SEED", 20_260_701), asked = 0;
        var walk = new OrderWalk(seed);
        for (int step = 1; step <= steps; step++)
        {
            walk.Step();
            if (step % StepsBetweenQuestions == 0)
                asked += walk.AskAfterOpenOrders();
        }

        Assert.True(walk.Model.Revisions > steps / 4, $"a walk with only {walk.Model.Revisions} revisions shows nothing");
        Assert.True(walk.Model.Seen.Count > 25, $"only {walk.Model.Seen.Count} different transitions were seen");
        Assert.True(asked > steps / StepsBetweenQuestions, "no order was ever open");
        Record(new { walk = "orders", commit = Environment.GetEnvironmentVariable("ALERTENGINE_WALK_COMMIT") ?? "unknown", steps, seed, revisions = walk.Model.Revisions, transitions = walk.Model.Seen.Count, askedAfter = asked, lost = 0, undefined = 0 });
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    private static void Record(object result)
    {
        if (Environment.GetEnvironmentVariable("ALERTENGINE_WALK_RECORD") is { } path)
            File.AppendAllText(path, JsonSerializer.Serialize(result) + "\n");
    }
}
