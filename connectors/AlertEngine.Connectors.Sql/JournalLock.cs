using System.Globalization;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Connectors.Sql;

/// <summary>A second process wants the same SQLite journal.</summary>
public sealed class JournalInUseException : Exception
{
    /// <summary>With the message for the operator.</summary>
    public JournalInUseException(LocalText text, Exception inner)
        : base(text.En, inner) => Text = text;

    /// <summary>The sentence in both languages.</summary>
    public LocalText Text { get; }
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
            string? holder = File.Exists(holderPath) ? File.ReadAllText(holderPath) : null;
            throw new JournalInUseException(new(
                $"日志 {journalPath} 正由{(holder is null ? "另一进程" : $"进程 {holder} ")}使用：SQLite 日志只属于一个进程。请停止该进程，或另用一个日志",
                $"the journal {journalPath} is in use by {(holder is null ? "another process" : $"process {holder}")}: a SQLite journal belongs to one process. Stop that one, or give this one a journal of its own"), held);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();
}
