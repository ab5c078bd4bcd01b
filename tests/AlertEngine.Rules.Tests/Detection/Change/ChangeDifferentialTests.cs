using AlertEngine.Rules.Detection.Change;
using AlertEngine.Rules.Detection.Clearing;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Tests.Detection.Driving;
using AlertEngine.Rules.Tests.Detection.Level;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Change;

public sealed class ChangeDifferentialTests
{
    private const int Until = 100;

    [Fact]
    public void Change_opens_and_clears_as_the_simple_implementation_does() => Trials.Check("change", Make);

    private static Trial Make(Random random)
    {
        var measure = (ChangeMeasure)random.Next(3);
        int scale = measure switch { ChangeMeasure.Delta => 1, ChangeMeasure.Rate => 600, _ => 40 };
        int over = random.Next(1, 20);
        int? tolerance = random.Next(2) == 0 ? random.Next(8) : null;
        double limit = (random.Next(6) + 0.1234567) * scale;
        var reference = new ChangeReference(measure, over, tolerance ?? over / 10.0, limit, limit - random.Next(3) * scale);
        int? clearFor = random.Next(2) == 0 ? random.Next(10) : null;
        var options = new ChangeOptions(Conditions.ValueOfX, measure, Seconds.Of(over), Conditions.Own(ChangeNames.ValueSlot, value => value > reference.Limit))
        {
            Tolerance = tolerance is { } slack ? (DurationOperand)Seconds.Of(slack) : null,
            Clear = clearFor is { } wait ? new ClearOptions(Conditions.Own(ChangeNames.ValueSlot, value => value < reference.ClearLimit), Seconds.Of(wait)) : null,
        };
        IReadOnlyList<Sample> stream = Trials.Stream(random, random.Next(1, 50), 60, at => new Sample(at, X: random.Next(8) == 0 ? null : random.Next(12)));
        IReadOnlyList<Judgement> judgements = [.. reference.Judgements(stream)];
        return new Trial($"{reference} clear.for {clearFor}", new ChangeDetector(options), stream, Until, [.. LevelReference.Run(judgements, clearFor, Until)]);
    }
}
