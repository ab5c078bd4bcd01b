using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Tests.Detection.Driving;

namespace AlertEngine.Rules.Tests.Detection.Count;

/// <summary>What <c>count</c> means, second by second over the whole stream of one key: x ≥ 5 matches.</summary>
internal sealed record CountReference(IReadOnlyList<Sample> Stream, int AtLeast, int Window, int ClearBelow)
{
    public IEnumerable<Finding> Sliding(int until)
    {
        bool fires = false;
        for (int now = 0; now <= until; now++)
        {
            for (int i = 0; i < Stream.Count; i++)
            {
                if (Stream[i].At != now || !(Stream[i].X >= 5) || fires || Matches(now, Stream.Take(i + 1)) < AtLeast)
                    continue;
                fires = true;
                yield return new Finding(now, DetectedKind.Opened, "k");
            }

            if (fires && Matches(now, Stream) < ClearBelow)
            {
                fires = false;
                yield return new Finding(now, DetectedKind.Cleared, "k", Reason: ClearReason.BelowThreshold);
            }
        }
    }

    /// <param name="until">The last instant.</param>
    /// <param name="midnight">A local midnight at or before the stream.</param>
    public IEnumerable<Finding> Tumbling(int until, int midnight)
    {
        bool fires = false;
        for (int end = midnight; end <= until; end += Window)
        {
            int matches = Matches(end, Stream);
            if (fires ? matches >= ClearBelow : matches < AtLeast)
                continue;
            fires = !fires;
            yield return new Finding(end, fires ? DetectedKind.Opened : DetectedKind.Cleared, "k", Reason: fires ? ClearReason.Cleared : ClearReason.BelowThreshold);
        }
    }

    private int Matches(int now, IEnumerable<Sample> stream) =>
        stream.Count(sample => sample.X >= 5 && sample.At > now - Window && sample.At <= now);
}
