using System.Collections.Immutable;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>
/// A value over the day as straight lines between points: rising water, rush hours. Straight lines and not sines, because every
/// machine computes them to the same last bit.
/// </summary>
/// <param name="Points">Times and values, in order of time.</param>
internal sealed record DayCurve(ImmutableArray<(long TimeMs, double Value)> Points)
{
    /// <summary>A curve through points given as hour, minute and value.</summary>
    public static DayCurve Through(params ReadOnlySpan<(int Hour, int Minute, double Value)> points)
    {
        var built = ImmutableArray.CreateBuilder<(long, double)>(points.Length);
        foreach ((int hour, int minute, double value) in points)
            built.Add((DayTime.At(hour, minute), value));
        return new DayCurve(built.MoveToImmutable());
    }

    /// <summary>The value at a time; before the first point the first value, after the last the last.</summary>
    public double At(long timeMs)
    {
        (long TimeMs, double Value) before = Points[0];
        foreach ((long TimeMs, double Value) point in Points)
        {
            if (point.TimeMs > timeMs)
                return point.TimeMs == before.TimeMs ? before.Value : Between(before, point, timeMs);
            before = point;
        }

        return before.Value;
    }

    private static double Between((long TimeMs, double Value) from, (long TimeMs, double Value) to, long timeMs) =>
        timeMs <= from.TimeMs ? from.Value : from.Value + ((to.Value - from.Value) * (timeMs - from.TimeMs) / (to.TimeMs - from.TimeMs));
}
