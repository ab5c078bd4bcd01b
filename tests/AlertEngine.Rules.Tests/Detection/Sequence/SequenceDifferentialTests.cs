using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Sequence;
using AlertEngine.Rules.Matching;
using AlertEngine.Rules.Tests.Detection.Driving;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Sequence;

public sealed class SequenceDifferentialTests
{
    private const int Until = 150;
    private const int AsofSlot = Sample.SlotCount;

    [Fact]
    public void Sequence_opens_and_clears_as_the_simple_implementation_does() => Trials.Check("sequence", Make);

    private static Trial Make(Random random)
    {
        StepPlan[] steps = Plan(random);
        var reference = new SequenceReference(
            [], steps, random.Next(1, 40), random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0 ? random.Next(1, 15) : null, random.Next(1, 20));
        int kinds = random.Next(2, 6);
        IReadOnlyList<Sample> stream =
            [.. Trials.Stream(random, random.Next(2, 50), 80, at => new Sample(at, X: random.Next(kinds), Y: random.Next(6) == 0 ? null : random.Next(6)))
                .Select(sample => sample with { Sources = SourcesOf(sample, reference) })
                .Where(sample => sample.Sources != 0)];
        reference = reference with { Stream = stream };
        string description = $"{string.Join(", ", steps.Select(step => step.ToString()))} within {reference.Within} until {reference.HasUntil} "
            + $"overlap {reference.Overlap} quiet {reference.Quiet} max age {reference.AsofMaxAge}";
        return new Trial(description, new SequenceDetector(Options(reference)), stream, Until, reference.Run());
    }

    private static StepPlan[] Plan(Random random)
    {
        int count = random.Next(1, 5);
        StepPlan[] steps = new StepPlan[count];
        for (int i = 0; i < count; i++)
        {
            bool isNot = i > 0 && random.Next(3) == 0;
            var test = (StepTest)(i == 0 ? random.Next(2) : random.Next(4));
            steps[i] = new StepPlan(random.Next(3), test, isNot, isNot ? random.Next(1, 10) : 0);
        }

        return steps;
    }

    private static uint SourcesOf(Sample sample, SequenceReference reference)
    {
        uint sources = 0;
        for (int i = 0; i < reference.Steps.Count; i++)
            sources |= reference.Steps[i].Kind == sample.X ? 1u << i : 0;
        if (reference.HasUntil && sample.X == SequenceReference.UntilKind)
            sources |= 1u << reference.Steps.Count;
        if (sample.X == SequenceReference.AsofKind)
            sources |= 1u << (reference.Steps.Count + (reference.HasUntil ? 1 : 0));
        return sources;
    }

    private static SequenceOptions Options(SequenceReference reference) =>
        new(Seconds.Of(reference.Within), [.. reference.Steps.Select((step, index) => Step(step, index, reference))])
        {
            Until = reference.HasUntil ? new SequenceUntil(Conditions.Y(y => y >= 2)) : null,
            Overlap = reference.Overlap,
            Quiet = reference.Quiet is { } quiet ? (DurationOperand)Seconds.Of(quiet) : null,
        };

    private static SequenceStep Step(StepPlan plan, int index, SequenceReference reference)
    {
        ImmutableArray<SequenceAsof> asofs = index > 0
            ? []
            : [new SequenceAsof("level", frame => frame.Records[FrameRecords.Event][Sample.YSlot], Seconds.Of(reference.AsofMaxAge), AsofSlot)];
        return new SequenceStep($"s{index}", AsofSlot + 1)
        {
            When = plan.Test switch
            {
                StepTest.Always => null,
                StepTest.AtLeast3 => Conditions.Y(y => y >= 3),
                StepTest.AboveFirst => AboveFirst(Sample.YSlot),
                _ => AboveFirst(AsofSlot),
            },
            IsNot = plan.IsNot,
            For = Seconds.Of(plan.For),
            Asofs = asofs,
            KeptSlots = [Sample.YSlot],
        };
    }

    private static CelCondition AboveFirst(int slot) => new(frame => Compare(frame, slot) > 0, frame => Compare(frame, slot) <= 0);

    private static int? Compare(CelFrame frame, int slot)
    {
        CelValue y = frame.Records[FrameRecords.Event][Sample.YSlot];
        CelValue[] first = frame.Records[FrameRecords.FirstStep];
        return y.IsDouble && slot < first.Length && first[slot].IsDouble ? y.AsDouble.CompareTo(first[slot].AsDouble) : null;
    }
}
