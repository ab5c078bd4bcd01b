namespace AlertEngine.Testing.Services;

/// <summary>
/// One test process at a time runs brokers: test assemblies run side by side, and a small machine with five brokers and ten engines answers no
/// request in time. The first test that needs a broker waits for its process's turn, which lasts until the process ends.
/// </summary>
public static class ServiceTurn
{
    private static readonly SemaphoreSlim Taking = new(1);
    private static readonly string Place = Path.Combine(Path.GetTempPath(), "alertengine-tests.turn");
    private static FileStream? _turn;

    /// <summary>Returns once it is this process's turn.</summary>
    public static async Task TakeAsync()
    {
        await Taking.WaitAsync();
        try
        {
            using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(250));
            while (_turn is null && !TryTake())
                await pace.WaitForNextTickAsync();
        }
        finally
        {
            Taking.Release();
        }
    }

    // The operating system gives the file back when the process ends, however it ends.
    private static bool TryTake()
    {
        try
        {
            _turn = new FileStream(Place, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
