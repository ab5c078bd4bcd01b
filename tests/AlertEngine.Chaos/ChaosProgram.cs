using System.Globalization;
using Confluent.Kafka;

namespace AlertEngine.Chaos;

/// <summary>
/// The program: starts a city, kills in it round after round, and says what readers saw. With a ledger it goes on behind the cities that the ledger
/// has of this commit. Ends with 1 where a promise was broken, with 2 where the harness failed again and again.
/// </summary>
internal static class ChaosProgram
{
    private const int Attempts = 4;

    public static async Task<int> RunAsync(string[] arguments)
    {
        ChaosOptions options = ChaosOptions.Of(arguments);
        ChaosLedger ledger = new(options.Ledger, options.Commit);
        try
        {
            string? violation = arguments.Contains("--throughput") ? await MeasureAsync(options, ledger) : await KillAsync(options, ledger);
            if (violation is not null)
                Console.WriteLine(violation);
            return violation is null ? 0 : 1;
        }
        catch (HarnessFailedException failed)
        {
            Console.WriteLine(failed.Message);
            return 2;
        }
    }

    /// <summary>One city and its rounds, also for the tests. Returns what is wrong, or null, and how many orders readers saw.</summary>
    public static async Task<(string? Violation, int Orders)> RunAsync(ChaosOptions options, ChaosLedger ledger, Action<RoundResult> told)
    {
        await using ChaosCity city = await ChaosCity.StartAsync(options);
        await using ChaosReader reader = new(city.Bootstrap, ChaosCity.Lanes);
        await using ChaosLoad load = new(city.Bootstrap, ChaosLoad.Paced(TimeSpan.FromMilliseconds(10)));
        int rounds = 0;
        string? violation = await new ChaosRun(options, city, reader, load).RunAsync(round =>
        {
            rounds++;
            ledger.Add(options, round);
            told(round);
        });
        violation ??= await city.VerifyAsync();
        ledger.End(options, rounds, reader.Orders, violation);
        return (violation, reader.Orders);
    }

    private static async Task<string?> KillAsync(ChaosOptions options, ChaosLedger ledger)
    {
        while (ledger.Done is var done && done.Rounds < options.Rounds)
        {
            ChaosOptions next = options.City(done.Cities, options.Rounds - done.Rounds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"city {done.Cities + 1}: {next.Journal}, {next.Brokers} brokers, {next.Engines} engines, seed {next.Seed}"));
            (string? violation, int orders) = await AgainAsync(next, ledger);
            if (violation is not null)
                return violation;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{next.Rounds} rounds, {orders} orders, each once"));
        }

        Console.WriteLine(ledger.Report());
        return null;
    }

    /// <summary>A city whose servers do not start, or whose commands never end, on a busy machine has proven nothing: it is counted and done again.</summary>
    private static async Task<(string? Violation, int Orders)> AgainAsync(ChaosOptions city, ChaosLedger ledger)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await RunAsync(city, ledger, Tell);
            }
            catch (Exception fault) when (fault is InvalidOperationException or TimeoutException or IOException or KafkaException)
            {
                ledger.Fault(city, fault.Message);
                Console.WriteLine($"the harness failed: {fault.Message}");
                if (attempt == Attempts)
                    throw new HarnessFailedException($"the harness failed {Attempts} times, the city of seed {city.Seed} is given up", fault);
            }
        }
    }

    private static async Task<string?> MeasureAsync(ChaosOptions options, ChaosLedger ledger)
    {
        await using ChaosCity city = await ChaosCity.StartAsync(options);
        await using ChaosReader reader = new(city.Bootstrap, ChaosCity.Lanes);
        await using ChaosLoad load = new(city.Bootstrap, ChaosLoad.Ahead(() => reader.Orders));
        ThroughputResult result = await new ThroughputRun(options, city, reader, load).RunAsync();
        ledger.Add(options, result);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{result.UndisturbedPerS} orders/s undisturbed, {result.DisturbedPerS} orders/s under {result.Kills} kills, one every 15 s: {result.Share:P0}"));
        return result.Violation;
    }

    private static void Tell(RoundResult round) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"round {round.Round}: {round.How} {round.Victim} for {round.DownMs} ms, all lanes went on after {round.RecoveryMs} ms, {round.Orders} orders in all{(round.Violation is null ? "" : ": " + round.Violation)}"));
}

/// <summary>Servers or commands of the harness failed so often that nothing can be said.</summary>
internal sealed class HarnessFailedException(string message, Exception inner) : Exception(message, inner);
