using System.Text.Json;

namespace AlertEngine.Simulation.Running;

/// <summary>The ledger of simulations: one JSON line for each chunk of seeds, never rewritten. What is reported is what is in it.</summary>
internal sealed class Ledger(string path, string commit)
{
    /// <summary>The seed at which to go on: behind the last chunk that this commit has without a gap from the first seed on.</summary>
    public int NextSeed(int from)
    {
        if (!File.Exists(path))
            return from;
        foreach (Line line in File.ReadLines(path).Select(text => JsonSerializer.Deserialize<Line>(text, Options)!).Where(line => line.Commit == commit).OrderBy(line => line.From))
        {
            if (line.From <= from && line.From + line.Seeds > from)
                from = line.From + line.Seeds;
        }

        return from;
    }

    public void Add(int from, int seeds, IReadOnlyList<Verdict> violations) =>
        File.AppendAllText(path, JsonSerializer.Serialize(new Line(commit, from, seeds, violations.Count == 0 ? "kept" : violations[0].Line, violations.Count), Options) + "\n");

    private static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private sealed record Line(string Commit, int From, int Seeds, string Result, int Violations);
}
