using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Hold;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Hold;

public sealed class HoldDifferentialTests
{
    [Fact]
    public void Hold_opens_and_clears_as_the_simple_implementation_does() => Trials.Check("hold", Make);

    private static Trial Make(Random random)
    {
        int wait = random.Next(10);
        int? gap = random.Next(2) == 0 ? random.Next(1, 8) : null;
        int? clearFor = random.Next(2) == 0 ? random.Next(8) : null;
        var options = new HoldOptions(Conditions.X(x => x >= 5), Seconds.Of(wait))
        {
            Gap = gap is { } silence ? (DurationOperand)Seconds.Of(silence) : null,
            Clear = clearFor is { } length ? new ClearOptions(Conditions.Y(y => y >= 5), Seconds.Of(length)) : null,
        };
        int mostlyTrue = random.Next(6, 30);
        IReadOnlyList<Sample> stream = Trials.Stream(
            random,
            random.Next(1, 40),
            60,
            at => new Sample(at, X: random.Next(8) == 0 ? null : random.Next(mostlyTrue), Y: random.Next(8) == 0 ? null : random.Next(mostlyTrue)));
        return new Trial(
            $"for {wait} gap {gap} clear.for {clearFor}",
            new HoldDetector(options),
            stream,
            100,
            [.. new HoldReference(stream, wait, gap, clearFor).Run(100)]);
    }
}
