using System.Globalization;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Running;

/// <summary>
/// The program: <c>--seeds N [--from S] [--workers W] [--ledger FILE --commit C] [--bug NAME] [--trace]</c>. With a ledger it goes on where the ledger of this commit
/// ends, and adds a line for each chunk. It ends with 1 where a promise was broken, after one line for each seed that replays it.
/// </summary>
internal static class SimulationProgram
{
    private const int ChunkSeeds = 1_000;

    public static int Run(string[] arguments)
    {
        int count = Number(arguments, "--seeds") ?? 1;
        int from = Number(arguments, "--from") ?? 1;
        PlantedBug bug = Text(arguments, "--bug") is { } name ? Enum.Parse<PlantedBug>(name, ignoreCase: true) : PlantedBug.None;
        if (arguments.Contains("--trace"))
        {
            Console.WriteLine(Simulation.Run(from, bug, Console.WriteLine).Line);
            return 0;
        }

        Ledger? ledger = Text(arguments, "--ledger") is { } path ? new Ledger(path, Text(arguments, "--commit") ?? "unknown") : null;
        int last = from + count;
        from = Math.Max(from, ledger?.NextSeed(from) ?? from);
        Happenings all = new();
        int broken = 0;
        for (; from < last; from += ChunkSeeds)
        {
            int seeds = Math.Min(ChunkSeeds, last - from);
            (IReadOnlyList<Verdict> violations, Happenings happenings) = SeedRange.Run(from, seeds, bug, Number(arguments, "--workers"));
            foreach (Verdict violation in violations)
                Console.WriteLine(violation.Line);
            broken += violations.Count;
            all.Add(happenings);
            ledger?.Add(from, seeds, violations);
        }

        foreach ((string what, long times) in all.Counts)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times,12} {what}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} seeds, {broken} violations"));
        return broken == 0 ? 0 : 1;
    }

    private static int? Number(string[] arguments, string option) =>
        Text(arguments, option) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Text(string[] arguments, string option)
    {
        int place = Array.IndexOf(arguments, option);
        return place >= 0 && place + 1 < arguments.Length ? arguments[place + 1] : null;
    }
}
