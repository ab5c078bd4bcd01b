using System.Diagnostics;
using AlertEngine.Chaos.Victims;
using AlertEngine.Testing.Services;

namespace AlertEngine.Chaos;

/// <summary>What one round did and what came of it.</summary>
/// <param name="Round">Its number, from 1.</param>
/// <param name="Victim">Who.</param>
/// <param name="How"><c>kill</c>, <c>sleep</c>, <c>add</c> (an engine more), <c>stop</c> (an engine cleanly, for good) or <c>start</c> (it was between two lives).</param>
/// <param name="DownMs">For how long it was dead or asleep, in milliseconds.</param>
/// <param name="RecoveryMs">From the signal until readers saw new outputs of every lane, in milliseconds.</param>
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
    private const int ProgressOutputs = 5;

    private readonly Random _random = new(options.Seed);

    /// <summary>Runs all rounds, and tells each when it is over. Ends at the first violation.</summary>
    public async Task<string?> RunAsync(Action<RoundResult> told)
    {
        if (!await ProgressAsync())
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
        // A random instant after the last progress, so that the signal falls anywhere in the work of a batch.
        await Signals.PassAsync(TimeSpan.FromMilliseconds(_random.Next(1, 1_000)));
        long began = Stopwatch.GetTimestamp();
        (string victim, string how, int downMs) = options.IsShared && options.Victim.Length == 0 && _random.Next(6) == 0 ? await ChangeEnginesAsync() : await StrikeAsync();
        bool hasProgress = await ProgressAsync();
        long recoveryMs = (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        string? violation = reader.Violations.FirstOrDefault() ?? (hasProgress ? null : $"no progress within {Patience.Longest.TotalMinutes} minutes; the engines said:\n{LastWords()}");
        return new RoundResult(round, victim, how, downMs, recoveryMs, reader.Orders, violation);
    }

    private async Task<(string Victim, string How, int DownMs)> StrikeAsync()
    {
        List<Victim> victims = [.. city.Victims.Where(one => one.Name.StartsWith(options.Victim, StringComparison.Ordinal))];
        Victim victim = victims[_random.Next(victims.Count)];
        bool isKill = _random.Next(2) == 0;
        // Most are short: what they interrupt is over in milliseconds. Some sleep longer than any session or transaction lasts.
        int downMs = isKill ? _random.Next(0, 1_500) : _random.Next(200, _random.Next(4) == 0 ? victim.LongestSleepMs : 2_000);
        // One that ended by itself and is being started is dead already.
        if (victim.IdNow is not { } id)
            return (victim.Name, "start", 0);
        await (isKill ? victim.Kill() : Signals.StopAsync(id)).WaitAsync(Patience.Longest);
        await Signals.PassAsync(TimeSpan.FromMilliseconds(downMs + 1));
        await (isKill ? victim.Up() : Signals.ContinueAsync(id)).WaitAsync(Patience.Longest);
        return (victim.Name, isKill ? "kill" : "sleep", downMs);
    }

    /// <summary>An engine more joins, or one is stopped cleanly while another dies: lanes move either way.</summary>
    private async Task<(string Victim, string How, int DownMs)> ChangeEnginesAsync()
    {
        if (city.Engines.Count <= options.Engines)
            return (city.AddEngine().Name, "add", 0);
        SupervisedEngine stopping = city.Engines[_random.Next(city.Engines.Count)];
        SupervisedEngine dying = city.Engines.First(engine => engine != stopping);
        Task<int> stopped = city.StopEngineAsync(stopping);
        if (city.Victims.First(victim => victim.Name == dying.Name).IdNow is { } id)
            await Signals.KillAsync(id);
        await stopped.WaitAsync(Patience.Longest);
        return (stopping.Name, "stop", 0);
    }

    /// <summary>Readers see new orders, and of each lane that ever said something: a lane that nobody has makes no progress.</summary>
    private Task<bool> ProgressAsync()
    {
        int orders = reader.Orders;
        IReadOnlyDictionary<long, int> before = reader.OutputsByLane();
        return Patience.UntilAsync(() => reader.Violations.Count > 0 || (reader.Orders >= orders + ProgressOrders && HasProgress(before)));
    }

    private bool HasProgress(IReadOnlyDictionary<long, int> before)
    {
        IReadOnlyDictionary<long, int> now = reader.OutputsByLane();
        return before.All(lane => now[lane.Key] >= lane.Value + ProgressOutputs);
    }

    /// <summary>The load ends; everything it sent comes out, once, and nothing else.</summary>
    private async Task<string?> SettleAsync()
    {
        await load.StopAsync();
        bool isComplete = await Patience.UntilAsync(() => reader.Compare(load.CalledFor).Missing == 0 && reader.Gaps() == 0);
        (int missing, int unexpected) = reader.Compare(load.CalledFor);
        if (reader.Violations.FirstOrDefault() is { } violation)
            return violation;
        return isComplete && unexpected == 0
            ? null
            : $"of {load.CalledFor.Count} orders {missing} are not there, {unexpected} orders were not called for, {reader.Gaps()} numbers are missing; the engines said:\n{LastWords()}";
    }

    private string LastWords() => string.Join("\n--\n", city.Engines.Select(engine => engine.LastWords));
}
