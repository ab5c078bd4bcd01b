using System.Globalization;

namespace AlertEngine.Chaos;

/// <summary>The program: starts a city, kills in it round after round, and says what readers saw. Ends with 1 where a promise was broken.</summary>
internal static class ChaosProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        ChaosOptions options = ChaosOptions.Of(arguments);
        (string? violation, int orders) = await RunAsync(options, round => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"round {round.Round}: {round.How} {round.Victim} for {round.DownMs} ms, new orders after {round.RecoveryMs} ms, {round.Orders} in all{(round.Violation is null ? "" : ": " + round.Violation)}")));
        Console.WriteLine(violation ?? string.Create(CultureInfo.InvariantCulture, $"{options.Rounds} rounds, {orders} orders, each once"));
        return violation is null ? 0 : 1;
    }

    /// <summary>The same for the tests. Returns what is wrong, or null, and how many orders readers saw.</summary>
    public static async Task<(string? Violation, int Orders)> RunAsync(ChaosOptions options, Action<RoundResult> told)
    {
        ChaosLedger ledger = new(options);
        await using ChaosCity city = await ChaosCity.StartAsync(options);
        await using ChaosReader reader = new(city.Bootstrap, ChaosCity.Lanes);
        await using ChaosLoad load = new(city.Bootstrap, TimeSpan.FromMilliseconds(10));
        string? violation = await new ChaosRun(options, city, reader, load).RunAsync(round =>
        {
            ledger.Add(round);
            told(round);
        });
        violation ??= await city.VerifyAsync() is var said && said.EndsWith("gaps 0, repeats 0", StringComparison.Ordinal) ? null : $"orders verify says: {said}";
        ledger.End(options.Rounds, reader.Orders, violation);
        return (violation, reader.Orders);
    }
}
