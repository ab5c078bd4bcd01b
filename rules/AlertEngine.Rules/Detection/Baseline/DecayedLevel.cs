namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>
/// A level and the mean distance from it, older samples weighing less: a sample weighs half after a half-life. What lies far out moves
/// both by no more than <see cref="ClipScales"/> (Huber), so that an anomaly does not become the norm it is judged by.
/// </summary>
internal struct DecayedLevel
{
    /// <summary>For a normal distribution, the standard deviation is so many mean distances: √(π/2).</summary>
    internal const double DeviationsPerDistance = 1.2533141373155;

    /// <summary>How many standard deviations a sample may pull.</summary>
    internal const double ClipScales = 3;

    // After a long silence what was known is still worth something: the first sample back does not replace it.
    private const double LeastWeight = 3;

    internal double Level;
    internal double Distance;
    internal double Weight;
    internal long LastTicks;

    /// <summary>Whether enough was seen to judge by.</summary>
    internal readonly bool IsKnown => Weight >= LeastWeight;

    /// <summary>Learns a sample.</summary>
    /// <param name="value">The sample.</param>
    /// <param name="scale">The standard deviation as known before; 0 where it is not known, and nothing is clipped.</param>
    /// <param name="atTicks">Now; not before the last sample.</param>
    /// <param name="halfLifeTicks">The half-life.</param>
    internal void Learn(double value, double scale, long atTicks, double halfLifeTicks)
    {
        double kept = Weight * Math.Pow(2, -(atTicks - LastTicks) / halfLifeTicks);
        Weight = Math.Max(kept, Math.Min(Weight, LeastWeight)) + 1;
        LastTicks = atTicks;
        double away = value - Level;
        if (scale > 0)
            away = Math.Clamp(away, -ClipScales * scale, ClipScales * scale);
        Level += away / Weight;
        // The first sample is its own level and says nothing of distances.
        if (Weight > 1)
            Distance += (Math.Abs(away) - Distance) / (Weight - 1);
    }

    internal readonly void Write(StateWriter writer)
    {
        writer.Double(Level);
        writer.Double(Distance);
        writer.Double(Weight);
        writer.Signed(LastTicks);
    }

    internal static DecayedLevel Read(StateReader reader) => new()
    {
        Level = reader.Double(),
        Distance = reader.Double(),
        Weight = reader.Double(),
        LastTicks = reader.Signed(),
    };
}
