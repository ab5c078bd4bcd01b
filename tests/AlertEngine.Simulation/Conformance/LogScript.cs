using System.Globalization;

namespace AlertEngine.Simulation.Conformance;

/// <summary>
/// A script of what producers do and readers see, one step a line: <c>a init ID</c>, <c>a send PARTITION KEY=VALUE</c>, <c>a commit|abort|commit-unheard</c>,
/// <c>write PARTITION KEY=VALUE</c>, <c>expire</c>, <c>compact PARTITION</c>, and the observations <c>read PARTITION</c>, <c>latest PARTITION</c> (by key) and
/// <c>whole PARTITION</c> (all of the transaction or nothing).
/// </summary>
internal sealed class LogScript(string text)
{
    private readonly string[][] _steps = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' '))];

    /// <summary>Runs it. Where it is known what must be observed, a reader looks again until it sees that or its patience ends.</summary>
    public async Task<List<string>> RunAsync(ITransactionLog log, IReadOnlyList<string>? expected = null)
    {
        List<string> observed = [];
        foreach (string[] step in _steps)
        {
            if (step is ["read" or "latest" or "whole", _])
                observed.Add(await LookAsync(log, step, expected?[observed.Count]));
            else if (step is [_, "commit" or "abort"])
                observed.Add($"{step[0]} {step[1]}: {await log.EndAsync(step[0], step[1] == "commit")}");
            else
                await ActAsync(log, step);
        }

        return observed;
    }

    private static Task ActAsync(ITransactionLog log, string[] step) => step switch
    {
        [var producer, "init", var id] => log.InitAsync(producer, id),
        [var producer, "send", var partition, var record] => log.SendAsync(producer, Number(partition), KeyOf(record), ValueOf(record)),
        ["write", var partition, var record] => log.WriteAsync(Number(partition), KeyOf(record), ValueOf(record)),
        [var producer, "commit-unheard"] => log.CommitUnheardAsync(producer),
        ["expire"] => log.ExpireAsync(),
        ["compact", var partition] => log.CompactAsync(Number(partition)),
        _ => throw new ArgumentException($"no such step: {string.Join(' ', step)}", nameof(step)),
    };

    private static async Task<string> LookAsync(ITransactionLog log, string[] step, string? expected)
    {
        using PeriodicTimer pace = new(TimeSpan.FromMilliseconds(200));
        for (int looks = 0; ; looks++)
        {
            (IReadOnlyList<(string Key, string Value)> records, bool isMoreHidden) = await log.ReadAsync(Number(step[1]));
            string seen = $"{step[0]} {step[1]}: {TextOf(step[0], records)}{(isMoreHidden ? ", more is hidden" : "")}";
            if (expected is null || seen == expected || looks == 300)
                return seen;
            await pace.WaitForNextTickAsync();
        }
    }

    private static string TextOf(string how, IReadOnlyList<(string Key, string Value)> records) => how switch
    {
        "read" => string.Join(' ', records.Select(record => $"{record.Key}={record.Value}")),
        "latest" => string.Join(' ', records.GroupBy(record => record.Key).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}={group.Last().Value}")),
        // How many it is made of says its last value.
        _ => records.Count == 0 || records.Count == Number(records[^1].Value) ? "all or nothing" : $"{records.Count} records",
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string KeyOf(string record) => record.Split('=')[0];

    private static string ValueOf(string record) => record.Split('=')[1];
}
