using System.Collections.Concurrent;
using AlertEngine.Simulation.World;

namespace AlertEngine.Simulation.Running;

/// <summary>Many seeds, on as many cores as are given. Each is a world of its own.</summary>
internal static class SeedRange
{
    /// <summary>The first seed, of so many, that breaks a promise; null where none does.</summary>
    public static Verdict? FirstViolation(int from, int count, PlantedBug bug) =>
        Enumerable.Range(from, count).Select(seed => Simulation.Run(seed, bug)).FirstOrDefault(verdict => verdict.Violation is not null);

    /// <summary>Runs them; the violations come in the order of their seeds. So many workers: by default one a core.</summary>
    public static (IReadOnlyList<Verdict> Violations, Happenings Happenings) Run(int from, int count, PlantedBug bug = PlantedBug.None, int? workers = null)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = workers ?? Environment.ProcessorCount };
        ConcurrentBag<Verdict> violations = [];
        Happenings all = new();
        Parallel.For(from, from + count, options, seed =>
        {
            Verdict verdict = Simulation.Run(seed, bug);
            if (verdict.Violation is not null)
                violations.Add(verdict);
            lock (all)
                all.Add(verdict.Happenings);
        });
        return ([.. violations.OrderBy(verdict => verdict.Seed)], all);
    }
}
