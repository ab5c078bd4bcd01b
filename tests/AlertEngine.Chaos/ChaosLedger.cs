using System.Globalization;
using System.Text.Json;

namespace AlertEngine.Chaos;

/// <summary>
/// The ledger of kills: a line for each round, one for the end of each city and one for each comparison of throughput, never rewritten. What is
/// reported is what is in it; a run goes on behind the last city that came to its end.
/// </summary>
internal sealed class ChaosLedger
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string? _path;
    private readonly string _commit;
    private readonly List<JsonElement> _lines = [];

    public ChaosLedger(string? path, string commit)
    {
        (_path, _commit) = (path, commit);
        if (File.Exists(path))
            _lines.AddRange(File.ReadLines(path).Select(line => JsonElement.Parse(line)).Where(line => line.GetProperty("commit").GetString() == commit));
    }

    /// <summary>How many cities of this commit came to their end, and how many rounds they had.</summary>
    public (int Cities, int Rounds) Done
    {
        get
        {
            List<JsonElement> ends = [.. _lines.Where(line => line.TryGetProperty("rounds", out _))];
            return (ends.Count, ends.Sum(end => end.GetProperty("rounds").GetInt32()));
        }
    }

    public void Add(ChaosOptions city, RoundResult round) => Write(new
    {
        Commit = _commit, city.Seed, city.Journal, city.Brokers, city.Engines,
        round.Round, round.Victim, round.How, round.DownMs, round.RecoveryMs, round.Orders, Result = round.Violation ?? "kept",
    });

    public void End(ChaosOptions city, int rounds, int orders, string? violation) =>
        Write(new { Commit = _commit, city.Seed, city.Journal, city.Brokers, city.Engines, Rounds = rounds, Orders = orders, Result = violation ?? "kept" });

    /// <summary>The harness failed, not a promise: a server that did not start, a command that never ended. The city is done again.</summary>
    public void Fault(ChaosOptions city, string fault) =>
        Write(new { Commit = _commit, city.Seed, city.Journal, city.Brokers, city.Engines, Fault = fault });

    public void Add(ChaosOptions city, ThroughputResult result) => Write(new
    {
        Commit = _commit, city.Seed, city.Journal, city.Brokers, city.Engines, city.Seconds, result.Kills,
        result.UndisturbedPerS, result.DisturbedPerS, Share = Math.Round(result.Share, 3), Result = result.Violation ?? "kept",
    });

    /// <summary>What the ledger says of this commit, in one line: rounds, violations, and how soon all lanes went on.</summary>
    public string Report()
    {
        (int cities, int rounds) = Done;
        int broken = _lines.Count(line => line.TryGetProperty("rounds", out _) && line.GetProperty("result").GetString() != "kept");
        int faults = _lines.Count(line => line.TryGetProperty("fault", out _));
        List<JsonElement> struck = [.. _lines.Where(line => line.TryGetProperty("round", out _))];
        long[] fromSignal = [.. struck.Select(line => line.GetProperty("recoveryMs").GetInt64()).Order()];
        long[] fromEnd = [.. struck.Select(line => Math.Max(0, line.GetProperty("recoveryMs").GetInt64() - line.GetProperty("downMs").GetInt32())).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cities} cities, {rounds} rounds, {broken} violations, {faults} faults of the harness; all lanes went on after p50 {Percentile(fromSignal, 50)} ms, p99 {Percentile(fromSignal, 99)} ms from the signal, p50 {Percentile(fromEnd, 50)} ms, p99 {Percentile(fromEnd, 99)} ms from its end");
    }

    /// <summary>The nearest rank, of ascending values; 0 where there are none.</summary>
    private static long Percentile(long[] ascending, int percent) =>
        ascending.Length == 0 ? 0 : ascending[Math.Max(0, (int)Math.Ceiling(ascending.Length * percent / 100.0) - 1)];

    private void Write(object line)
    {
        string text = JsonSerializer.Serialize(line, Web);
        _lines.Add(JsonElement.Parse(text));
        if (_path is not null)
            File.AppendAllText(_path, text + "\n");
    }
}
