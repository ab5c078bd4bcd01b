namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>When a device reports.</summary>
internal static class Schedule
{
    /// <summary>Every so often, each device at its own second, so that the districts interleave and the load is even.</summary>
    public static IEnumerable<long> Regular(SampleDevice device, SampleRandom random)
    {
        long periodMs = device.Kind.ReportSeconds * DayTime.SecondMs;
        for (long at = random.Below((int)periodMs); at < DayTime.DayMs; at += periodMs)
            yield return at;
    }

    /// <summary>Every <paramref name="stepMs"/> from <paramref name="fromMs"/> up to, not including, <paramref name="untilMs"/>.</summary>
    public static IEnumerable<long> Dense(long fromMs, long untilMs, long stepMs)
    {
        for (long at = fromMs; at < untilMs; at += stepMs)
            yield return at;
    }
}
