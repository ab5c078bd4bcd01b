using System.Globalization;

namespace AlertEngine.Benchmarks.Capacity;

/// <summary>
/// <c>capacity FIGURES.json</c>. Question: what does a day of so many events need, for 1, 12 and 100 districts? Prints the table of the page
/// <c>benchmarks/results/capacity.md</c>, from measured figures and a simulated day.
/// </summary>
internal static class CapacityCommand
{
    private const double Giga = 1e9;

    public static int Run(string path)
    {
        CapacityFigures figures = CapacityFigures.Read(path);
        Console.WriteLine("| districts | lanes | machines | share of the busiest lane | peak, events/s | most events waiting | longest wait | seconds behind by more than 1 s | journal written a day | journal kept | Redis | state and windows in memory | into Kafka a day |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (int districts in (int[])[1, 12, 100])
            Console.WriteLine(Row(figures, districts));
        return 0;
    }

    private static string Row(CapacityFigures figures, int districts)
    {
        // Three lanes for each district's worth of unevenness, and no more than a machine can serve well.
        int lanes = districts == 1 ? 1 : Math.Min(48, districts * 2);
        CapacityDay probe = new(figures, districts, lanes, machines: 1);
        probe.Run();
        // One more than the peak needs: a machine may be away.
        int machines = (int)Math.Ceiling(probe.PeakEventsPerSecond / (figures.MachineEventsPerSecond * figures.UsedAtPeak)) + 1;
        CapacityDay day = new(figures, districts, lanes, machines - 1);
        day.Run();
        double keys = figures.EventsPerDay * figures.ReadShare * figures.RedisHours / 24;
        string[] cells =
        [
            Text(districts), Text(lanes), Text(machines), Text(day.BusiestShare, "0.00"), Text(day.PeakEventsPerSecond), Text(day.MostWaiting), $"{Text(day.LongestWaitSeconds, "0.0")} s", Text(day.SecondsBehind),
            Gigabytes(figures.EventsPerDay * figures.JournalBytesPerEvent), Gigabytes(lanes * figures.JournalBytesBehindSnapshot), Gigabytes(keys * figures.RedisBytesPerKey),
            Gigabytes((figures.LiveKeys * figures.StateBytesPerKey) + (lanes * 200_000 * 48.0)), Gigabytes(figures.EventsPerDay * figures.EventBytes),
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    private static string Text(double number, string format = "#,0") => number.ToString(format, CultureInfo.InvariantCulture);

    private static string Gigabytes(double bytes) => $"{Text(bytes / Giga, bytes < Giga ? "0.00" : "0.0")} GB";
}
