using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Tests.Detection.Driving;

namespace AlertEngine.Rules.Tests.Detection.Level;

/// <summary>A value that was judged at an instant; null where it could not be.</summary>
internal sealed record Judgement(int At, bool? When, bool? Clear);

/// <summary>What opens and clears of a list of judgements, told by looking ahead in it.</summary>
internal static class LevelReference
{
    public static IEnumerable<Finding> Run(IReadOnlyList<Judgement> judgements, int? clearFor, int until)
    {
        bool fires = false;
        for (int i = 0; i < judgements.Count; i++)
        {
            Judgement judgement = judgements[i];
            if (!fires)
            {
                fires = judgement.When == true;
                if (fires)
                    yield return new Finding(judgement.At, DetectedKind.Opened, "k");
                continue;
            }

            if (!(clearFor is null ? judgement.When == false : judgement.Clear == true))
                continue;
            int due = judgement.At + (clearFor ?? 0);
            bool isBroken = clearFor > 0 && judgements.Skip(i + 1).Any(later => later.At <= due && later.Clear == false);
            if (isBroken || due > until)
                continue;
            fires = false;
            yield return new Finding(due, DetectedKind.Cleared, "k");
            while (clearFor > 0 && i + 1 < judgements.Count && judgements[i + 1].At <= due)
                i++;
        }
    }
}
