using System.Diagnostics;
using AlertEngine.Chaos.Victims;
using AlertEngine.Testing.Services;

namespace AlertEngine.Chaos;

/// <summary>What one round did and what came of it.</summary>
/// <param name="Round">Its number, from 1.</param>
/// <param name="Victim">Who.</param>
/// <param name="How"><c>kill</c> or <c>sleep</c>.</param>
/// <param name="DownMs">For how long it was dead or asleep, in milliseconds.</param>
/// <param name="RecoveryMs">From the signal until readers saw new orders again, in milliseconds.</param>
/// <param name="Orders">How many orders readers see.</param>
/// <param name="Violation">What is wrong; null where nothing is.</param>
internal sealed record RoundResult(int Round, string Victim, string How, int DownMs, long RecoveryMs, int Orders, string? Violation);

/// <summary>
/// Rounds of killing under load. Between two rounds readers must see new orders, so that no round is empty; at the end everything that was sent
/// must be there, once.
/// </summary>
internal sealed class ChaosRun(ChaosOptions options, ChaosCity city, ChaosReader reader, ChaosLoad load)
{
    private const int ProgressOrders = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    private readonly Random _random = new(options.Seed);

    /// <summary>Runs all rounds, and tells each when it is over. Ends at the first violation.</summary>
    public async Task<string?> RunAsync(Action<RoundResult> told)
    {
        if (!await ProgressAsync(reader.Orders))
            return $"no order ever came; the engines said:\n{LastWords()}";
        for (int round = 1; round <= options.Rounds; round++)
        {
            RoundResult result = await RoundAsync(round);
            told(result);
            if (result.Violation is not null)
                return result.Violation;
        }

        return await SettleAsync();
    }

    private async Task<RoundResult> RoundAsync(int round)
    {
        Victim victim = city.Victims[_random.Next(city.Victims.Count)];
        bool isKill = _random.Next(2) == 0;
        int downMs = isKill ? _random.Next(0, 4_000) : _random.Next(200, victim.LongestSleepMs);
        // A random instant after the last progress, so that the signal falls anywhere in the work of a batch.
        await Signals.PassAsync(TimeSpan.FromMilliseconds(_random.Next(1, 3_000)));
        int before = reader.Orders;
        long began = Stopwatch.GetTimestamp();
        await StrikeAsync(victim, isKill, downMs);
        bool hasProgress = await ProgressAsync(Math.Max(before, reader.Orders));
        long recoveryMs = (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        string? violation = reader.Violations.FirstOrDefault() ?? (hasProgress ? null : $"no progress within {Patience.TotalMinutes} minutes; the engines said:\n{LastWords()}");
        return new RoundResult(round, victim.Name, isKill ? "kill" : "sleep", downMs, recoveryMs, reader.Orders, violation);
    }

    private static async Task StrikeAsync(Victim victim, bool isKill, int downMs)
    {
        int id;
        try
        {
            id = victim.Id();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself and is being started: that is a death too.
            return;
        }

        await (isKill ? victim.Kill() : Signals.StopAsync(id));
        await Signals.PassAsync(TimeSpan.FromMilliseconds(downMs + 1));
        await (isKill ? victim.Up() : Signals.ContinueAsync(id));
    }

    private Task<bool> ProgressAsync(int from) => UntilAsync(() => reader.Orders >= from + ProgressOrders || reader.Violations.Count > 0);

    /// <summary>The load ends; everything it sent comes out, once, and nothing else.</summary>
    private async Task<string?> SettleAsync()
    {
        await load.StopAsync();
        bool isComplete = await UntilAsync(() => reader.Compare(load.Devices).Missing == 0 && reader.Gaps() == 0);
        (int missing, int unexpected) = reader.Compare(load.Devices);
        if (reader.Violations.FirstOrDefault() is { } violation)
            return violation;
        return isComplete && unexpected == 0
            ? null
            : $"of {load.Devices.Count} alarms {missing} have no order, {unexpected} orders were not called for, {reader.Gaps()} numbers are missing; the engines said:\n{LastWords()}";
    }

    private static async Task<bool> UntilAsync(Func<bool> isSo)
    {
        long began = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                return false;
            await Signals.PassAsync(Glance);
        }

        return true;
    }

    private string LastWords() => string.Join("\n--\n", city.Engines.Select(engine => engine.LastWords));
}
