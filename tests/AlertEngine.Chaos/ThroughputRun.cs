using System.Diagnostics;
using AlertEngine.Chaos.Victims;
using AlertEngine.Testing.Services;

namespace AlertEngine.Chaos;

/// <summary>How many orders readers saw a second, undisturbed and under kills.</summary>
/// <param name="UndisturbedPerS">Orders a second while nothing dies.</param>
/// <param name="DisturbedPerS">Orders a second while something dies every 15 s.</param>
/// <param name="Kills">How many times something died.</param>
/// <param name="Violation">What is wrong; null where nothing is.</param>
internal sealed record ThroughputResult(int UndisturbedPerS, int DisturbedPerS, int Kills, string? Violation)
{
    /// <summary>What kills leave of the throughput.</summary>
    public double Share => UndisturbedPerS == 0 ? 0 : (double)DisturbedPerS / UndisturbedPerS;
}

/// <summary>
/// Throughput with and without kills. The load stays ahead of the engines, so that they always have something to do; victims take turns, and each
/// is started again at once.
/// </summary>
internal sealed class ThroughputRun(ChaosOptions options, ChaosCity city, ChaosReader reader, ChaosLoad load)
{
    private const int WarmOrders = 5_000;
    private static readonly TimeSpan BetweenKills = TimeSpan.FromSeconds(15);

    private readonly TimeSpan _span = TimeSpan.FromSeconds(options.Seconds);
    private readonly Random _random = new(options.Seed);

    public async Task<ThroughputResult> RunAsync()
    {
        if (!await Patience.UntilAsync(() => reader.Orders >= WarmOrders))
            return new ThroughputResult(0, 0, 0, $"only {reader.Orders} orders came before anything was measured");
        int undisturbed = await OrdersWhileAsync(Signals.PassAsync(_span));
        int kills = 0;
        int disturbed = await OrdersWhileAsync(KillAsync(() => kills++));
        await load.StopAsync();
        bool isComplete = await Patience.UntilAsync(() => reader.Compare(load.CalledFor).Missing == 0 && reader.Gaps() == 0);
        string? violation = reader.Violations.FirstOrDefault()
            ?? (isComplete ? await city.VerifyAsync() : $"{reader.Compare(load.CalledFor).Missing} orders are not there, {reader.Gaps()} numbers are missing");
        return new ThroughputResult(undisturbed, disturbed, kills, violation);
    }

    private async Task<int> OrdersWhileAsync(Task happens)
    {
        int before = reader.Orders;
        long began = Stopwatch.GetTimestamp();
        await happens;
        return (int)((reader.Orders - before) / Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private async Task KillAsync(Action killed)
    {
        // Each kind of victim as often as any other: in turns, from a random first one.
        int first = _random.Next(city.Victims.Count);
        long began = Stopwatch.GetTimestamp();
        for (int kill = 0; Stopwatch.GetElapsedTime(began) < _span; kill++)
        {
            await StrikeAsync(city.Victims[(first + kill) % city.Victims.Count]);
            killed();
            TimeSpan left = Min(BetweenKills * (kill + 1), _span) - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
                await Signals.PassAsync(left);
        }
    }

    private static async Task StrikeAsync(Victim victim)
    {
        await Patience.UntilAsync(() => victim.IdNow is not null);
        await victim.Kill();
        await victim.Up();
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
