using AlertEngine.Rules.Detection.Distinct;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Tests.Detection.Driving;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Distinct;

public sealed class DistinctDifferentialTests
{
    private const int HoursOfUtcMidnight = 8;

    [Fact]
    public void Distinct_opens_and_clears_as_the_simple_implementation_does_in_sliding_windows() => Trials.Check("distinct sliding", Sliding);

    [Fact]
    public void Distinct_opens_and_clears_as_the_simple_implementation_does_in_tumbling_windows() => Trials.Check("distinct tumbling", Tumbling);

    private static Trial Sliding(Random random)
    {
        DistinctOptions options = Options(random, random.Next(1, 30), WindowKind.Sliding, out DistinctReference reference);
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 50), 60, at => Sample(random, at));
        reference = reference with { Stream = stream };
        // A bound that is no less than the threshold changes no opening and no clearing.
        options = options with { Keep = random.Next(2) == 0 ? reference.AtLeast : WindowLimits.DefaultKeep };
        return new Trial($"{reference}", DistinctDetector.Create(options), stream, 100, [.. reference.Sliding(100)]);
    }

    private static Trial Tumbling(Random random)
    {
        const int Until = 6 * 86_400;
        int window = 3_600 * new[] { 1, 2, 3, 4, 6, 8, 12, 24 }[random.Next(8)];
        DistinctOptions options = Options(random, window, WindowKind.Tumbling, out DistinctReference reference);
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 60), 96, quarter => Sample(random, 2 * quarter * 900));
        reference = reference with { Stream = stream };
        return new Trial($"{reference}", DistinctDetector.Create(options), stream, Until, [.. reference.Tumbling(Until, -HoursOfUtcMidnight * 3_600)]);
    }

    private static DistinctOptions Options(Random random, int window, WindowKind kind, out DistinctReference reference)
    {
        int atLeast = random.Next(1, 6);
        int clearBelow = random.Next(1, atLeast + 1);
        reference = new DistinctReference([], atLeast, window, clearBelow);
        return new DistinctOptions(Conditions.ValueOfText, atLeast, Seconds.Of(window))
        {
            When = Conditions.X(x => x >= 5),
            ClearBelow = clearBelow,
            WindowKind = kind,
            Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"],
        };
    }

    private static Sample Sample(Random random, int at) =>
        new(at, X: random.Next(6) == 0 ? null : random.Next(3, 10), Text: random.Next(6) == 0 ? null : $"v{random.Next(8)}");
}
