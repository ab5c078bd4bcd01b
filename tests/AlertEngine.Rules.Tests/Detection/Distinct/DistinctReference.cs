using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Tests.Detection.Driving;

namespace AlertEngine.Rules.Tests.Detection.Distinct;

/// <summary>What <c>distinct</c> means, second by second over the whole stream of one key: the different texts of events with x ≥ 5.</summary>
internal sealed record DistinctReference(IReadOnlyList<Sample> Stream, int AtLeast, int Window, int ClearBelow)
{
    public IEnumerable<Finding> Sliding(int until)
    {
        bool fires = false;
        for (int now = 0; now <= until; now++)
        {
            for (int i = 0; i < Stream.Count; i++)
            {
                if (Stream[i].At != now || !Counts(Stream[i]) || fires || Values(now, Stream.Take(i + 1)) < AtLeast)
                    continue;
                fires = true;
                yield return new Finding(now, DetectedKind.Opened, "k");
            }

            if (fires && Values(now, Stream) < ClearBelow)
            {
                fires = false;
                yield return new Finding(now, DetectedKind.Cleared, "k", Reason: ClearReason.BelowThreshold);
            }
        }
    }

    public IEnumerable<Finding> Tumbling(int until, int midnight)
    {
        bool fires = false;
        for (int end = midnight; end <= until; end += Window)
        {
            int values = Values(end, Stream);
            if (fires ? values >= ClearBelow : values < AtLeast)
                continue;
            fires = !fires;
            yield return new Finding(end, fires ? DetectedKind.Opened : DetectedKind.Cleared, "k", Reason: fires ? ClearReason.Cleared : ClearReason.BelowThreshold);
        }
    }

    private static bool Counts(Sample sample) => sample.X >= 5 && sample.Text is not null;

    private int Values(int now, IEnumerable<Sample> stream) =>
        stream.Where(sample => Counts(sample) && sample.At > now - Window && sample.At <= now).Select(sample => sample.Text).Distinct().Count();
}
