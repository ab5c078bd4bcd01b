using System.Collections.Immutable;

namespace AlertEngine.Rules.Detection.Sequence;

/// <summary>What a run waits for after so many steps that are not negated.</summary>
/// <param name="Next">The next such step; <see cref="NoNext"/> after the last.</param>
/// <param name="Forbidden">The negated steps that must not happen meanwhile.</param>
internal sealed record SequenceStage(int Next, ImmutableArray<int> Forbidden)
{
    internal const int NoNext = -1;

    /// <summary>Whether there is nothing to wait for.</summary>
    internal bool IsEnd => Next == NoNext && Forbidden.IsEmpty;

    /// <summary>The stages of a run, the first being that after the first step.</summary>
    internal static ImmutableArray<SequenceStage> Of(ImmutableArray<SequenceStep> steps)
    {
        ImmutableArray<SequenceStage>.Builder stages = ImmutableArray.CreateBuilder<SequenceStage>();
        List<int> forbidden = [];
        for (int i = 1; i < steps.Length; i++)
        {
            if (steps[i].IsNot)
            {
                forbidden.Add(i);
                continue;
            }

            stages.Add(new SequenceStage(i, [.. forbidden]));
            forbidden.Clear();
        }

        stages.Add(new SequenceStage(NoNext, [.. forbidden]));
        return stages.ToImmutable();
    }
}
