using Akka.Actor.Setup;
using Akka.Configuration;
using AlertEngine.Engine.Lanes;

namespace AlertEngine.Connectors.Sql;

/// <summary>
/// The journal of a replay, in <c>OUT/.alertengine/IDENTITY/</c>. The same unfinished replay goes on; a finished one, or one over other inputs,
/// rules or city, starts afresh, and with it the outputs. One process at a time.
/// </summary>
public sealed class ReplayJournal : ILaneStorage
{
    private const string FolderName = ".alertengine";
    private const string LeavingSuffix = ".leaving";

    private readonly JournalLock _lock;
    private readonly SqlJournal _journal;
    private readonly string _root;
    private readonly string _finishedPath;

    private ReplayJournal(string root, JournalLock taken, SqlJournal journal, string finishedPath, bool isResumed)
    {
        _root = root;
        _lock = taken;
        _journal = journal;
        _finishedPath = finishedPath;
        IsResumed = isResumed;
    }

    /// <summary>Whether an unfinished replay goes on.</summary>
    public bool IsResumed { get; }

    /// <inheritdoc />
    public Config Configuration => _journal.Configuration;

    /// <inheritdoc />
    public Setup? Options => _journal.Options;

    /// <summary>Opens the journal of a replay.</summary>
    /// <param name="outFolder">Where the outputs are.</param>
    /// <param name="identity">What names the replay.</param>
    /// <param name="clearOutputs">Takes away what another replay has left.</param>
    /// <exception cref="JournalInUseException">Another process replays into the folder.</exception>
    public static ReplayJournal Open(string outFolder, string identity, Action clearOutputs)
    {
        string root = Path.Combine(outFolder, FolderName);
        Directory.CreateDirectory(root);
        JournalLock taken = JournalLock.Take(Path.Combine(root, "replay"));
        string folder = Path.Combine(root, identity);
        string finishedPath = Path.Combine(folder, "finished");
        bool isResumed = Directory.Exists(folder) && !File.Exists(finishedPath);
        if (!isResumed)
        {
            // Journals first: outputs without a journal are cleared by whoever comes next, a journal without its outputs would halt.
            Forget(root);
            clearOutputs();
        }

        return new ReplayJournal(root, taken, SqlJournal.Open(new JournalOptions { ConnectionString = Path.Combine(folder, "journal.db") }), finishedPath, isResumed);
    }

    /// <summary>
    /// Marks the replay as finished: the same one starts afresh the next time. With the end of the process its journal goes, because it may hold what
    /// rules kept of persons and serves nobody any more.
    /// </summary>
    public void Finish() => File.WriteAllText(_finishedPath, "");

    /// <inheritdoc />
    public void Dispose()
    {
        _journal.Dispose();
        if (File.Exists(_finishedPath))
            Forget(_root);
        _lock.Dispose();
    }

    /// <summary>Renamed before they are deleted, so that a crash in the middle does not leave half a journal under a name that counts.</summary>
    private static void Forget(string root)
    {
        foreach (string former in Directory.GetDirectories(root))
        {
            string leaving = former.EndsWith(LeavingSuffix, StringComparison.Ordinal) ? former : former + LeavingSuffix;
            if (leaving != former)
                Directory.Move(former, leaving);
            Directory.Delete(leaving, recursive: true);
        }
    }
}
