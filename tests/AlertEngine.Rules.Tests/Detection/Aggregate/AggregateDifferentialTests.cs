using AlertEngine.Rules.Detection.Aggregate;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Tests.Detection.Driving;
using AlertEngine.Rules.Tests.Detection.Level;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Aggregate;

public sealed class AggregateDifferentialTests
{
    private const int HoursOfUtcMidnight = 8;

    [Fact]
    public void Aggregate_opens_and_clears_as_the_simple_implementation_does_in_sliding_windows() => Trials.Check("aggregate sliding", Sliding);

    [Fact]
    public void Aggregate_opens_and_clears_as_the_simple_implementation_does_in_tumbling_windows() => Trials.Check("aggregate tumbling", Tumbling);

    private static Trial Sliding(Random random)
    {
        const int Until = 100;
        AggregateReference reference = Reference(random, random.Next(1, 30));
        int? clearFor = random.Next(2) == 0 ? random.Next(10) : null;
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 40), 60, at => Sample(random, at));
        IReadOnlyList<Judgement> judgements = [.. reference.Sliding(stream)];
        return new Trial(
            $"{reference} clear.for {clearFor}",
            AggregateDetector.Create(Options(reference, clearFor, WindowKind.Sliding)),
            stream,
            Until,
            [.. LevelReference.Run(judgements, clearFor, Until)]);
    }

    private static Trial Tumbling(Random random)
    {
        const int Until = 5 * 86_400;
        AggregateReference reference = Reference(random, 3_600 * new[] { 1, 2, 3, 4, 6, 8, 12, 24 }[random.Next(8)]);
        int? clearFor = random.Next(2) == 0 ? random.Next(6) * 3_600 : null;
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 60), 96, quarter => Sample(random, 2 * quarter * 900));
        IReadOnlyList<Judgement> judgements = [.. reference.Tumbling(stream, -HoursOfUtcMidnight * 3_600, Until)];
        return new Trial(
            $"{reference} clear.for {clearFor}",
            AggregateDetector.Create(Options(reference, clearFor, WindowKind.Tumbling)),
            stream,
            Until,
            [.. LevelReference.Run(judgements, clearFor, Until)]);
    }

    // No threshold is a value that an aggregate of small whole numbers can have, so that rounding decides nothing.
    private static AggregateReference Reference(Random random, int window)
    {
        var function = (AggregateFunction)random.Next(8);
        double limit = function switch
        {
            AggregateFunction.Sum => random.Next(30),
            AggregateFunction.Stddev => random.Next(4),
            _ => random.Next(10),
        } + 0.123456789;
        double below = limit - random.Next(3);
        bool isUpward = random.Next(3) > 0;
        return new AggregateReference(
            function,
            window,
            random.Next(3) == 0 ? random.Next(2, 4) : 1,
            isUpward ? value => value > limit : value => value < limit,
            isUpward ? value => value < below : value => value > limit + 1);
    }

    private static AggregateOptions Options(AggregateReference reference, int? clearFor, WindowKind kind) =>
        new(Conditions.ValueOfX, reference.Function, Seconds.Of(reference.Window), Conditions.Own(AggregateNames.ValueSlot, reference.When))
        {
            WindowKind = kind,
            MinSamples = reference.MinSamples,
            Clear = clearFor is { } wait ? new ClearOptions(Conditions.Own(AggregateNames.ValueSlot, reference.Clear), Seconds.Of(wait)) : null,
            Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"],
        };

    private static Sample Sample(Random random, int at) => new(at, X: random.Next(8) == 0 ? null : random.Next(10));
}
