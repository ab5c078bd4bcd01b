using AlertEngine.Rules.Detection.Correlate;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Matching;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Correlate;

public sealed class CorrelateDifferentialTests
{
    private const int Until = 200;
    private const int Kinds = 4;

    [Fact]
    public void Correlate_opens_and_clears_as_the_simple_implementation_does() => Trials.Check("correlate", Make);

    private static Trial Make(Random random)
    {
        // Positions lie on a grid of about 111 m by 94 m: no two are 250 m or 150 m apart.
        double? radius = random.Next(3) switch { 0 => null, 1 => 150, _ => 250 };
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 40), 100, at => Sample(random, at));
        var reference = new CorrelateReference(stream, random.Next(1, 4), random.Next(1, 20), random.Next(1, 25), radius);
        var options = new CorrelateOptions(
            [.. Enumerable.Range(0, Kinds).Select(kind => new CorrelateKind($"kind{kind}", Conditions.Y(y => y >= 2)))],
            reference.AtLeast,
            Seconds.Of(reference.Within),
            Seconds.Of(reference.Quiet))
        {
            Radius = radius is { } meters ? (NumberOperand)meters : null,
        };
        return new Trial($"{reference}", new CorrelateDetector(options), stream, Until, reference.Run());
    }

    private static Sample Sample(Random random, int at)
    {
        int kind = random.Next(Kinds);
        return new Sample(at, X: kind, Y: random.Next(8) == 0 ? null : random.Next(6), Sources: 1u << kind)
        {
            Geo = random.Next(10) == 0 ? null : new GeoPoint(32 + random.Next(6) * 0.001, 118 + random.Next(6) * 0.001),
        };
    }
}
