using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Benchmarks.Match;

/// <summary>
/// <c>match --events FILE --rules PATH [--max N] [--passes 5]</c>: one thread, from the bytes of structured CloudEvents to alerts. Question: how
/// many events a second does one core take, beside the peers on the same events and rules?
/// </summary>
internal static class MatchCommand
{
    private const int WarmUpPasses = 2;

    public static int Run(string[] args)
    {
        var options = Options(args);
        if (!options.TryGetValue("--events", out string? events) || !options.TryGetValue("--rules", out string? rulesPath))
        {
            Console.Error.WriteLine("match --events FILE --rules PATH [--max N] [--passes 5]");
            return 2;
        }

        int passes = int.Parse(options.GetValueOrDefault("--passes", "5"), CultureInfo.InvariantCulture);
        EventLines lines = EventLines.Read(events, int.Parse(options.GetValueOrDefault("--max", "1000000"), CultureInfo.InvariantCulture));
        long started = Stopwatch.GetTimestamp();
        LoadResult loaded = RuleLoader.Load(new RuleSources { Rules = new RuleFileReader().ReadRules([rulesPath]) });
        if (loaded.Rules is not { } rules)
        {
            Console.Error.WriteLine(string.Join('\n', loaded.Diagnostics.Take(5).Select(finding => finding.MessageEn)));
            return 1;
        }

        var index = new RuleIndex(rules.Rules);
        double loadSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Print(rules, lines, loadSeconds, Measure(rules, index, lines, passes));
        return 0;
    }

    private static List<MatchPass> Measure(RuleSet rules, RuleIndex index, EventLines lines, int passes)
    {
        var measured = new List<MatchPass>(passes);
        IReadOnlyCollection<string> districts = [];
        for (int pass = -WarmUpPasses; pass < passes; pass++)
        {
            var lane = new MatchLane(rules, index, districts);
            MatchPass one = lane.Run(lines);
            districts = lane.Districts;
            if (pass >= 0)
                measured.Add(one);
        }

        return measured;
    }

    private static void Print(RuleSet rules, EventLines lines, double loadSeconds, List<MatchPass> passes)
    {
        double[] perSecond = [.. passes.Select(pass => lines.Count / pass.Seconds).Order()];
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["engine"] = "alertengine",
            ["rules"] = rules.Rules.Length,
            ["events"] = lines.Count,
            ["load_s"] = Math.Round(loadSeconds, 2),
            ["eps_median"] = Math.Round(perSecond[perSecond.Length / 2]),
            ["eps_min"] = Math.Round(perSecond[0]),
            ["eps_max"] = Math.Round(perSecond[^1]),
            ["hits"] = passes[^1].Hits,
            ["alerts"] = passes[^1].Alerts,
            ["allocated_bytes_per_event"] = Math.Round((double)passes[^1].AllocatedBytes / lines.Count, 1),
        }));
    }

    private static Dictionary<string, string> Options(string[] args)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i + 1 < args.Length; i += 2)
            options[args[i]] = args[i + 1];
        return options;
    }
}
