using System.Text.Json;

namespace AlertEngine.Chaos;

/// <summary>The ledger of kills: a line for each round and one for each end, never rewritten. What is reported is what is in it.</summary>
internal sealed class ChaosLedger(ChaosOptions options)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Add(RoundResult round) => Write(new
    {
        options.Commit, options.Seed, options.Journal, options.Brokers, options.Engines,
        round.Round, round.Victim, round.How, round.DownMs, round.RecoveryMs, round.Orders, Result = round.Violation ?? "kept",
    });

    public void End(int rounds, int orders, string? violation) =>
        Write(new { options.Commit, options.Seed, options.Journal, options.Brokers, options.Engines, Rounds = rounds, Orders = orders, Result = violation ?? "kept" });

    private void Write(object line)
    {
        if (options.Ledger is { } path)
            File.AppendAllText(path, JsonSerializer.Serialize(line, Web) + "\n");
    }
}
