using System.Diagnostics;
using AlertEngine.Testing.Services;

namespace AlertEngine.Chaos;

/// <summary>Waiting for real processes: by looking, for long, because the machine may be slow and busy.</summary>
internal static class Patience
{
    /// <summary>After so long it will not come any more.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether it came to be so.</summary>
    public static async Task<bool> UntilAsync(Func<bool> isSo)
    {
        long began = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(began) > Longest)
                return false;
            await Signals.PassAsync(Glance);
        }

        return true;
    }
}
