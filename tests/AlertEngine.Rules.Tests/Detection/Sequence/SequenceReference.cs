using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Tests.Detection.Driving;

namespace AlertEngine.Rules.Tests.Detection.Sequence;

/// <summary>How a step of a test sequence is judged.</summary>
internal enum StepTest
{
    Always,
    AtLeast3,
    AboveFirst,
    AboveAsof,
}

/// <summary>A step of a test sequence: an event of a kind (x) whose y passes a test.</summary>
internal sealed record StepPlan(int Kind, StepTest Test, bool IsNot, int For);

/// <summary>What <c>sequence</c> means: each possible first step is followed through the stream to its end.</summary>
internal sealed record SequenceReference(
    IReadOnlyList<Sample> Stream, IReadOnlyList<StepPlan> Steps, int Within, bool HasUntil, bool Overlap, int? Quiet, int AsofMaxAge)
{
    public const int UntilKind = 3;
    public const int AsofKind = 4;

    public IReadOnlyList<Finding> Run()
    {
        List<(int At, bool IsTimer, int Order, int Start)> completed = [];
        int pendingUntilIndex = -1;
        for (int start = 0; start < Stream.Count; start++)
        {
            if ((!Overlap && start < pendingUntilIndex) || !Happens(Steps[0], start, start))
                continue;
            (int endIndex, int? at, bool isTimer) = Follow(start);
            pendingUntilIndex = endIndex;
            if (at is { } instant)
                completed.Add((instant, isTimer, isTimer ? Stream.Count : endIndex, start));
        }

        completed.Sort();
        return Quiet is { } quiet ? WithQuiet(completed, quiet) : [.. completed.Select(one => Shot(one.At, one.Start))];
    }

    private Finding Shot(int at, int start) =>
        new(at, DetectedKind.Shot, "k", Overlap ? $"{Stream[start].Source}/{Stream[start].Id}" : "");

    private static List<Finding> WithQuiet(List<(int At, bool IsTimer, int Order, int Start)> completed, int quiet)
    {
        List<Finding> findings = [];
        for (int i = 0; i < completed.Count; i++)
        {
            if (i == 0 || completed[i].At > completed[i - 1].At + quiet)
                findings.Add(new Finding(completed[i].At, DetectedKind.Opened, "k"));
            if (i == completed.Count - 1 || completed[i + 1].At > completed[i].At + quiet)
                findings.Add(new Finding(completed[i].At + quiet, DetectedKind.Cleared, "k", Reason: ClearReason.Quiet));
        }

        return findings;
    }

    /// <returns>The first event that finds the run gone (or is the one that ended it), and when it completed, if it did.</returns>
    private (int EndIndex, int? At, bool IsTimer) Follow(int start)
    {
        int last = start;
        int position = 1;
        for (int i = start + 1; ; i++)
        {
            int next = position;
            while (next < Steps.Count && Steps[next].IsNot)
                next++;
            StepPlan[] forbidden = [.. Steps.Skip(position).Take(next - position)];
            if (next == Steps.Count && forbidden.Length == 0)
                return (last, Stream[last].At, false);
            int limit = next == Steps.Count ? Stream[last].At + forbidden.Max(step => step.For) : Stream[start].At + Within;
            if (i == Stream.Count || Stream[i].At > limit)
                return (i, next == Steps.Count ? limit : null, true);
            if (HasUntil && Stream[i].X == UntilKind && Stream[i].Y >= 2)
                return (i, null, false);
            if (next < Steps.Count && Happens(Steps[next], i, start))
            {
                last = i;
                position = next + 1;
                // A last step ends the run with this very event, which may start another.
                if (position == Steps.Count)
                    return (i, Stream[i].At, false);
            }
            else if (forbidden.Any(step => (next < Steps.Count || Stream[i].At - Stream[last].At <= step.For) && Happens(step, i, start)))
            {
                return (i, null, false);
            }
        }
    }

    private bool Happens(StepPlan step, int index, int start) => Stream[index].X == step.Kind && step.Test switch
    {
        StepTest.Always => true,
        StepTest.AtLeast3 => Stream[index].Y >= 3,
        StepTest.AboveFirst => Stream[index].Y > Stream[start].Y,
        _ => Stream[index].Y > AsofOf(start),
    };

    private double? AsofOf(int start) => Stream
        .Take(start)
        .LastOrDefault(sample => sample.X == AsofKind && sample.Y is not null) is { } latest && Stream[start].At - latest.At <= AsofMaxAge
            ? latest.Y
            : null;
}
