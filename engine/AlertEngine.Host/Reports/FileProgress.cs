namespace AlertEngine.Host.Reports;

/// <summary>How many of some files are done, on standard error, where that is a terminal and the work takes longer than a second.</summary>
internal sealed class FileProgress(int total, TimeProvider time) : IDisposable
{
    private const int BarCells = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly long _started = time.GetTimestamp();
    private int _done;
    private bool _isOnScreen;

    /// <summary>One more file is done.</summary>
    public void Advance()
    {
        _done++;
        if (Console.IsErrorRedirected || time.GetElapsedTime(_started) < Patience)
            return;
        _isOnScreen = true;
        int full = _done * BarCells / Math.Max(1, total);
        Console.Error.Write($"\r[{new string('#', full)}{new string('.', BarCells - full)}] {_done}/{total} ");
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_isOnScreen)
            Console.Error.Write("\r" + new string(' ', BarCells + 30) + "\r");
    }
}
