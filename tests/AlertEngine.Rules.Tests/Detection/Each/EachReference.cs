using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Tests.Detection.Driving;

namespace AlertEngine.Rules.Tests.Detection.Each;

/// <summary>What <c>each</c> means, second by second over the whole stream of one key: x ≥ 5 matches, y ≥ 5 clears.</summary>
internal static class EachReference
{
    public static IEnumerable<Finding> Run(IReadOnlyList<Sample> stream, int until, int? clearFor, int? quiet)
    {
        bool fires = false;
        int openedIndex = 0;
        for (int now = 0; now <= until; now++)
        {
            for (int i = 0; i < stream.Count; i++)
            {
                if (stream[i].At != now)
                    continue;
                if (!fires && stream[i].X >= 5)
                {
                    fires = clearFor is not null || quiet is not null;
                    openedIndex = i;
                    yield return new Finding(now, fires ? DetectedKind.Opened : DetectedKind.Shot, "k");
                }
                else if (fires && clearFor == 0 && stream[i].Y >= 5)
                {
                    fires = false;
                    yield return new Finding(now, DetectedKind.Cleared, "k");
                }
            }

            if (fires && quiet is not null && !stream.Any(sample => sample.X >= 5 && sample.At > now - quiet && sample.At <= now))
            {
                fires = false;
                yield return new Finding(now, DetectedKind.Cleared, "k", Reason: ClearReason.Quiet);
            }
            else if (fires && clearFor > 0 && HasHeld(stream, openedIndex, now, clearFor.Value))
            {
                fires = false;
                yield return new Finding(now, DetectedKind.Cleared, "k");
            }
        }
    }

    private static bool HasHeld(IReadOnlyList<Sample> stream, int openedIndex, int now, int clearFor)
    {
        for (int i = openedIndex + 1; i < stream.Count; i++)
        {
            if (stream[i].At == now - clearFor && stream[i].Y >= 5 && !stream.Skip(i).Any(sample => sample.At <= now && sample.Y < 5))
                return true;
        }

        return false;
    }
}
