using System.Diagnostics;

namespace AlertEngine.Testing.Services;

/// <summary>How tests wait for servers: by asking, until a span is over that no machine should need. A count of questions would be a span that nobody chose.</summary>
public static class Patience
{
    /// <summary>After so long it will not come any more, however busy the machine is.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until there is an answer.</summary>
    /// <param name="ask">A question; null while there is no answer yet.</param>
    /// <param name="missing">What to say when none came.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">None came within <see cref="Span"/>.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> ask, Func<string> missing, CancellationToken cancellation)
        where T : class
    {
        long began = Stopwatch.GetTimestamp();
        using PeriodicTimer pace = new(Pace);
        while (Stopwatch.GetElapsedTime(began) < Span)
        {
            if (await ask() is { } answer)
                return answer;
            await pace.WaitForNextTickAsync(cancellation);
        }

        throw new InvalidOperationException(missing());
    }
}
