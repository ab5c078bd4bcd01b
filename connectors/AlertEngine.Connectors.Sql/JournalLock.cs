using System.Globalization;

namespace AlertEngine.Connectors.Sql;

/// <summary>A second process wants the same SQLite journal.</summary>
public sealed class JournalInUseException : Exception
{
    /// <summary>With the message for the operator.</summary>
    public JournalInUseException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>
/// Keeps a SQLite journal to one process. A lock of the operating system on a file beside the journal: the kernel takes it back when the
/// process dies, however it dies, so that nothing stale is ever left. The process id in a file of its own is only for the message: the locked
/// one cannot even be read by others.
/// </summary>
public sealed class JournalLock : IDisposable
{
    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a journal.</summary>
    /// <exception cref="JournalInUseException">Another process has it.</exception>
    public static JournalLock Take(string journalPath)
    {
        string path = journalPath + ".lock";
        string holderPath = journalPath + ".pid";
        try
        {
            FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holderPath, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new JournalLock(file);
        }
        catch (IOException held) when (File.Exists(path))
        {
            throw new JournalInUseException(
                $"the journal {journalPath} is in use by {Holder(holderPath)}: a SQLite journal belongs to one process. Stop that one, or give this one a journal of its own", held);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();

    private static string Holder(string path) => File.Exists(path) ? $"process {File.ReadAllText(path)}" : "another process";
}
