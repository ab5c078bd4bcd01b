using System.Collections.Immutable;
using AlertEngine.Engine.Lanes;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Testing.Lanes;

/// <summary>Rules and inputs for lane tests.</summary>
public static class LaneBuilders
{
    /// <summary>Every event is read in every class of these latenesses.</summary>
    public static LaneRules Rules(params int[] latenessSeconds)
    {
        RuleBucket bucket = new([.. latenessSeconds.Select((_, number) => new RuleCandidate(number, 1, false, number))]);
        return new LaneRules("rules-1", [.. latenessSeconds.Select(seconds => seconds * TimeSpan.TicksPerSecond)], (_, _) => bucket);
    }

    /// <summary>Lines in rough order of time, with duplicates, conflicts, broken and late ones among them.</summary>
    public static ImmutableArray<string> Lines(Random random, int count, string prefix)
    {
        List<string> lines = [];
        for (int i = 0; i < count; i++)
        {
            int seconds = Math.Max(0, i + random.Next(-8, 4));
            string line = $"{prefix}{i},{3201 + random.Next(3)},{seconds},p";
            lines.Add(random.Next(12) switch
            {
                0 => "broken",
                1 when i > 3 => lines[random.Next(i)],
                2 when i > 3 => lines[random.Next(i)].Replace(",p", ",q", StringComparison.Ordinal),
                _ => line,
            });
        }

        return [.. lines];
    }
}
