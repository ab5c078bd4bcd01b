using System.Collections.Immutable;
using AlertEngine.Integration.Tests.Processes;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Kills;

/// <summary>
/// A replay that is killed and started again. The instants are drawn from a seed as a number of writes to the journal or the outputs: so each
/// falls while the program works, and nothing waits on a clock. A run that ends before its instant is no kill: it is said, its outputs are
/// compared, and the next begins from the start.
/// </summary>
internal sealed class KilledReplay(ImmutableArray<string> arguments, int seed)
{
    /// <summary>A kill falls into the first third of what a whole run writes: mostly also into what is left of one that resumes.</summary>
    private const int PartOfARun = 3;

    private const int RoundsForOneKill = 8;

    private readonly Random _random = new(seed);

    /// <summary>Replays without a kill, and tells how many writes there were to be seen.</summary>
    public async Task<int> RunWholeAsync(WorkFolder folder)
    {
        using FolderWrites writes = new(folder.Path);
        await using EngineProcess process = Start(folder);
        Require(0, await process.EndAsync());
        return writes.Count;
    }

    /// <summary>Kills the replay so many times, lets it end, and tells what happened.</summary>
    public async Task<ImmutableArray<string>> RunKilledAsync(WorkFolder folder, int kills, int wholeWrites, ReplayFiles expected)
    {
        var story = ImmutableArray.CreateBuilder<string>();
        int landed = 0;
        bool isToBeResumed = false;
        for (int round = 1; landed < kills; round++)
        {
            Assert.True(round <= kills * RoundsForOneKill, $"only {landed} of {kills} kills fell into a run: {string.Join("; ", story)}");
            int after = _random.Next(1, Math.Max(2, wholeWrites / PartOfARun));
            bool wasKilled = await RunOnceAsync(folder, after, isToBeResumed);
            story.Add($"round {round}: {(wasKilled ? "killed" : "ended")} at {after} writes{(isToBeResumed ? ", resumed" : "")}");
            landed += wasKilled ? 1 : 0;
            isToBeResumed = wasKilled;
            if (!wasKilled)
                new ReplayFiles(folder.File("out")).RequireSameOutputs(expected);
        }

        Assert.False(await RunOnceAsync(folder, int.MaxValue, isToBeResumed));
        return story.ToImmutable();
    }

    /// <summary>Whether the run was killed; one that resumes must not take away what was published.</summary>
    private async Task<bool> RunOnceAsync(WorkFolder folder, int afterWrites, bool isResumed)
    {
        using FolderWrites writes = new(folder.Path);
        await using EngineProcess process = Start(folder);
        Task<Ending> ending = process.EndAsync();
        await Task.WhenAny(writes.ReachAsync(afterWrites), ending);
        if (!process.HasExited)
            process.Kill();
        Ending ended = await ending;
        if (isResumed)
            Assert.Empty(writes.DeletedOutputs);
        if (ended.ExitCode == EngineProcess.KilledExitCode)
            return !IsFinished(folder);
        Require(0, ended);
        return false;
    }

    /// <summary>
    /// A kill behind the mark that the replay is finished, and before the end of the process, is no kill: the outputs are whole, the journal may
    /// be gone already, and the next run begins from the start.
    /// </summary>
    private static bool IsFinished(WorkFolder folder)
    {
        string root = folder.File(Path.Combine("out", ".alertengine"));
        string[] journals = Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        return journals.Length == 0
            ? File.Exists(folder.File(Path.Combine("out", "workorders.ndjson")))
            : journals.Any(journal => journal.EndsWith(".leaving", StringComparison.Ordinal) || File.Exists(Path.Combine(journal, "finished")));
    }

    private EngineProcess Start(WorkFolder folder) => EngineProcess.StartIn(folder.Path, [.. arguments, "--out", "out"]);

    private static void Require(int exitCode, Ending ending) => Assert.True(ending.ExitCode == exitCode, $"ended in {ending.ExitCode}: {ending.Error}");
}
