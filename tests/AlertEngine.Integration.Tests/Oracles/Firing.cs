using System.Globalization;
using System.Text.Json;
using AlertEngine.Integration.Tests.Processes;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Oracles;

/// <summary>That a rule's alert on a key was open from one instant to another, or to the end.</summary>
internal sealed record Firing(string Rule, string Key, DateTimeOffset OpenedAt, DateTimeOffset? ClearedAt)
{
    /// <summary>What the program says of events that are read through a ready mapping.</summary>
    public static async Task<List<Firing>> ReplayAsync(string events, string mapping, string rules)
    {
        using WorkFolder folder = new();
        string mappingPath = Path.Combine(Checkout.Root, "connectors", "mappings", mapping + ".mapping.yaml");
        Ending ending = await EngineProcess.RunInAsync(
            folder.Path, "replay", "--events", events, "--mapping", mappingPath, "--rules", folder.Write("oracle.rules.yaml", rules), "--strict");
        Assert.True(ending.ExitCode == 0, ending.Error + ending.Output);
        return [.. new ReplayFiles(folder.File("out")).Messages("alerts.ndjson").Select(message => message.GetProperty("data")).GroupBy(data => data.GetProperty("alertId").GetString()).Select(Of)];
    }

    /// <summary>Fails unless both are the same, whatever their order, and each of so many rules has enough of them to tell anything.</summary>
    public static void RequireSame(IReadOnlyCollection<Firing> expected, IReadOnlyCollection<Firing> actual, int rules, int atLeastOfEachRule)
    {
        Assert.Equal(rules, expected.CountBy(firing => firing.Rule).Count());
        string[] ours = Lines(actual), theirs = Lines(expected);
        Assert.All(expected.CountBy(firing => firing.Rule), rule => Assert.InRange(rule.Value, atLeastOfEachRule, int.MaxValue));
        string[] differences = [.. theirs.Except(ours).Select(line => "missing: " + line), .. ours.Except(theirs).Select(line => "not expected: " + line)];
        Assert.True(differences.Length == 0, $"{differences.Length} of {theirs.Length} differ:\n{string.Join('\n', differences.Take(20))}");
        Assert.Equal(theirs, ours);
    }

    private static Firing Of(IEnumerable<JsonElement> messages)
    {
        JsonElement last = messages.Last();
        Assert.Equal(0, last.GetProperty("reopenedCount").GetInt32());
        return new Firing(
            last.GetProperty("rule").GetProperty("id").GetString()!,
            last.GetProperty("key").GetString()!,
            last.GetProperty("openedAt").GetDateTimeOffset(),
            last.TryGetProperty("clearedAt", out JsonElement clearedAt) ? clearedAt.GetDateTimeOffset() : null);
    }

    private static string[] Lines(IEnumerable<Firing> firings) => [.. firings.Select(firing => string.Create(
        CultureInfo.InvariantCulture, $"{firing.Rule} {firing.Key} {firing.OpenedAt.UtcDateTime:s} - {firing.ClearedAt?.UtcDateTime:s}")).Order(StringComparer.Ordinal)];
}
