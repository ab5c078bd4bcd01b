using System.Globalization;

namespace AlertEngine.Simulation.Conformance;

/// <summary>
/// A script of what owners of a lane do to its journal and see of it, one step a line: <c>a take</c> and <c>a write ROW...</c>, which are observed,
/// <c>a snapshot NUMBER NAME</c>, <c>a prune NUMBER</c>, <c>backup</c> and <c>restore</c>.
/// </summary>
internal sealed class JournalScript(string text)
{
    private readonly string[][] _steps = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' '))];

    public async Task<List<string>> RunAsync(IJournalLog journal)
    {
        List<string> observed = [];
        foreach (string[] step in _steps)
        {
            if (step is [var taker, "take"])
                observed.Add($"{taker} takes: {await journal.TakeAsync(taker)}");
            else if (step is [var writer, "write", .. var rows])
                observed.Add($"{writer} writes: {(await journal.WriteAsync(writer, rows) is { } last ? $"to {last}" : "refused")}");
            else
                await ActAsync(journal, step);
        }

        return observed;
    }

    private static Task ActAsync(IJournalLog journal, string[] step) => step switch
    {
        [var owner, "snapshot", var row, var name] => journal.SnapshotAsync(owner, Number(row), name),
        [var owner, "prune", var row] => journal.PruneAsync(owner, Number(row)),
        ["backup"] => journal.BackUpAsync(),
        ["restore"] => journal.RestoreAsync(),
        _ => throw new ArgumentException($"no such step: {string.Join(' ', step)}", nameof(step)),
    };

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
