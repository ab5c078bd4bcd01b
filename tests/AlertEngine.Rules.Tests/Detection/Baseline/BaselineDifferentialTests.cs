using AlertEngine.Rules.Detection.Baseline;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Tests.Detection.Driving;
using AlertEngine.Rules.Tests.Detection.Level;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Baseline;

public sealed class BaselineDifferentialTests
{
    private const int Days = 4;
    private const int Until = (Days + 1) * 86_400;

    [Fact]
    public void Baseline_opens_and_clears_as_the_simple_implementation_does() => Trials.Check("baseline", Make);

    private static Trial Make(Random random)
    {
        var method = (BaselineMethod)random.Next(3);
        int hours = new[] { 1, 6, 24 }[random.Next(3)];
        double limit = 2.0123456789 + random.Next(4);
        var reference = new BaselineReference(method, random.Next(1, 5) * 21_600, 86_400, hours * 3_600, random.Next(4) * 14_400, limit, limit - random.Next(2));
        int? clearFor = random.Next(2) == 0 ? random.Next(4) * 7_200 : null;
        var options = new BaselineOptions(
            Conditions.ValueOfX, method, Seconds.Of(reference.Warmup), Conditions.Own(BaselineNames.ScoreSlot, score => score > reference.Limit))
        {
            HalfLife = Duration.FromSeconds(reference.HalfLife),
            Season = Duration.FromSeconds(reference.Season),
            Bucket = Duration.FromSeconds(reference.Bucket),
            Clear = clearFor is { } wait ? new ClearOptions(Conditions.Own(BaselineNames.ScoreSlot, score => score < reference.ClearLimit), Seconds.Of(wait)) : null,
            Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"],
        };
        bool isCoarse = random.Next(3) == 0;
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(5, 80), Days * 48, half => Sample(random, half * 1_800, isCoarse));
        IReadOnlyList<Judgement> judgements = [.. reference.Judgements(stream)];
        return new Trial($"{reference} clear.for {clearFor}", new BaselineDetector(options), stream, Until, [.. LevelReference.Run(judgements, clearFor, Until)]);
    }

    // A day that rises and falls, some noise, and now and then something else. A coarse sensor tells it to the nearest forty: most samples are the same.
    private static Sample Sample(Random random, int at, bool isCoarse)
    {
        double usual = 50 + 20 * Math.Sin(at * 2 * Math.PI / 86_400) + random.NextDouble() * 6;
        if (isCoarse)
            usual = Math.Round(usual / 40) * 40;
        return new Sample(at, X: random.Next(12) switch { 0 => null, 1 => usual + random.Next(-60, 60), _ => usual });
    }
}
