using AlertEngine.Rules.Detection.Count;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Tests.Detection.Driving;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Count;

public sealed class CountDifferentialTests
{
    private const int HoursOfUtcMidnight = 8;

    [Fact]
    public void Count_opens_and_clears_as_the_simple_implementation_does_in_sliding_windows() => Trials.Check("count sliding", Sliding);

    [Fact]
    public void Count_opens_and_clears_as_the_simple_implementation_does_in_tumbling_windows() => Trials.Check("count tumbling", Tumbling);

    private static Trial Sliding(Random random)
    {
        int atLeast = random.Next(1, 6);
        int window = random.Next(1, 30);
        int clearBelow = random.Next(1, atLeast + 1);
        var options = new CountOptions(atLeast, Seconds.Of(window))
        {
            When = Conditions.X(x => x >= 5),
            ClearBelow = clearBelow,
            Keep = random.Next(2) == 0 ? atLeast : WindowLimits.DefaultKeep,
        };
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 40), 60, at => Match(random, at));
        return new Trial(
            $"at least {atLeast} window {window} clear below {clearBelow} keep {options.Keep}",
            CountDetector.Create(options),
            stream,
            100,
            [.. new CountReference(stream, atLeast, window, clearBelow).Sliding(100)]);
    }

    private static Trial Tumbling(Random random)
    {
        int atLeast = random.Next(1, 6);
        int window = 3_600 * new[] { 1, 2, 3, 4, 6, 8, 12, 24 }[random.Next(8)];
        int clearBelow = random.Next(1, atLeast + 1);
        var options = new CountOptions(atLeast, Seconds.Of(window))
        {
            When = Conditions.X(x => x >= 5),
            ClearBelow = clearBelow,
            WindowKind = WindowKind.Tumbling,
            Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"],
        };
        const int Until = 6 * 86_400;
        // Most times are round, so that many events fall upon the ends of windows.
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 60), 96, quarter => Match(random, 3 * quarter * 900 + (random.Next(4) == 0 ? random.Next(900) : 0)));
        return new Trial(
            $"at least {atLeast} window {window} clear below {clearBelow}",
            CountDetector.Create(options),
            stream,
            Until,
            [.. new CountReference(stream, atLeast, window, clearBelow).Tumbling(Until, -HoursOfUtcMidnight * 3_600)]);
    }

    private static Sample Match(Random random, int at) => new(at, X: random.Next(6) == 0 ? null : random.Next(10));
}
