using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Each;

public sealed class EachDifferentialTests
{
    [Fact]
    public void Each_opens_and_clears_as_the_simple_implementation_does() => Trials.Check("each", Make);

    private static Trial Make(Random random)
    {
        int ending = random.Next(3);
        int? clearFor = ending == 0 ? random.Next(8) : null;
        int? quiet = ending == 1 ? random.Next(1, 12) : null;
        var options = new EachOptions(Conditions.X(x => x >= 5))
        {
            Clear = clearFor is { } wait ? new ClearOptions(Conditions.Y(y => y >= 5), Seconds.Of(wait)) : null,
            Quiet = quiet is { } silence ? (DurationOperand)Seconds.Of(silence) : null,
            IsOnce = ending == 2,
        };
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 30), 60, at => Sample(random, at));
        return new Trial($"clear.for {clearFor} quiet {quiet}", new EachDetector(options), stream, 100, [.. EachReference.Run(stream, 100, clearFor, quiet)]);
    }

    private static Sample Sample(Random random, int at) =>
        new(at, X: random.Next(6) == 0 ? null : random.Next(8), Y: random.Next(6) == 0 ? null : random.Next(10));
}
