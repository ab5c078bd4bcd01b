using AlertEngine.Engine.Lanes;

namespace AlertEngine.Host.Reports;

/// <summary>
/// A progress bar on standard error, where that is a terminal and the work takes longer than a second; nothing otherwise, because
/// standard output belongs to the facts and logs are no place for bars.
/// </summary>
internal sealed class ProgressLine(long totalBytes, TimeProvider time, Words words) : IProgress<LaneProgress>, IDisposable
{
    private const int BarCells = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly long _started = time.GetTimestamp();
    private readonly bool _isShown = !Console.IsErrorRedirected;
    private readonly Lock _lock = new();
    private long _lastShown;
    private bool _isOnScreen;

    /// <inheritdoc />
    public void Report(LaneProgress value)
    {
        if (!_isShown || time.GetElapsedTime(_started) < Patience)
            return;
        lock (_lock)
        {
            if (_isOnScreen && time.GetElapsedTime(_lastShown) < Pace)
                return;
            _lastShown = time.GetTimestamp();
            _isOnScreen = true;
            double share = totalBytes == 0 ? 1 : Math.Min(1, (double)value.ReadOffsets.Sum() / totalBytes);
            int full = (int)(share * BarCells);
            Console.Error.Write($"\r[{new string('#', full)}{new string('.', BarCells - full)}] {share,4:0%} {Words.Number(value.Tally.Events)} {words.Of("条", "events")} ");
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (_isOnScreen)
            Console.Error.Write("\r" + new string(' ', BarCells + 40) + "\r");
    }
}
