using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Tests.Detection.Driving;

namespace AlertEngine.Rules.Tests.Detection.Hold;

/// <summary>What <c>hold</c> means, second by second over the whole stream of one key: x ≥ 5 holds, y ≥ 5 clears. No timers, no state but "fires since".</summary>
internal sealed record HoldReference(IReadOnlyList<Sample> Stream, int For, int? Gap, int? ClearFor)
{
    // Samples before this index are past: they opened or cleared already.
    private int _from;

    public IEnumerable<Finding> Run(int until)
    {
        bool fires = false;
        for (int now = 0; now <= until; now++)
        {
            for (int i = 0; i < Stream.Count; i++)
            {
                if (!fires || Stream[i].At != now || !(ClearFor is null ? Stream[i].X < 5 : ClearFor == 0 && Stream[i].Y >= 5))
                    continue;
                fires = false;
                _from = i + 1;
                yield return new Finding(now, DetectedKind.Cleared, "k");
            }

            int wait = fires ? ClearFor ?? 0 : For;
            if ((fires && wait == 0) || !HasHeld(now, wait, sample => fires ? sample.Y : sample.X))
                continue;
            yield return new Finding(now, fires ? DetectedKind.Cleared : DetectedKind.Opened, "k");
            fires = !fires;
            _from = Stream.Count(sample => sample.At <= now);
        }
    }

    // Seen true `wait` ago, never seen false since, and no silence beyond the gap.
    private bool HasHeld(int now, int wait, Func<Sample, double?> value)
    {
        for (int i = _from; i < Stream.Count; i++)
        {
            if (Stream[i].At != now - wait || !(value(Stream[i]) >= 5))
                continue;
            List<Sample> seen = [.. Stream.Skip(i).Where(sample => sample.At <= now && value(sample) is not null)];
            int[] instants = [.. seen.Select(sample => sample.At), now];
            bool isSilent = instants.Zip(instants.Skip(1)).Any(pair => pair.Second - pair.First > Gap);
            if (!isSilent && seen.All(sample => value(sample) >= 5))
                return true;
        }

        return false;
    }
}
