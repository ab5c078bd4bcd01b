using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>The files that a replay leaves in its folder, read as anyone downstream would read them.</summary>
internal sealed class ReplayFiles(string folder)
{
    /// <summary>The files that must be the same bytes each time.</summary>
    public static ImmutableArray<string> Names { get; } = ["workorders.ndjson", "alerts.ndjson", "deadletters.ndjson"];

    /// <summary>The lines of a file.</summary>
    public string[] Lines(string name) => File.ReadAllLines(Path.Combine(folder, name));

    /// <summary>The messages of a file.</summary>
    public IEnumerable<JsonElement> Messages(string name) => Lines(name).Select(line => JsonElement.Parse(line));

    /// <summary>The summary without what a clock had a say in.</summary>
    public string SummaryWithoutClock()
    {
        JsonObject summary = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "summary.json")))!.AsObject();
        Assert.True(summary.Remove("seconds") && summary.Remove("eventsPerSecond"), "the summary tells no seconds");
        return summary.ToJsonString();
    }

    /// <summary>A number of the summary.</summary>
    public long Count(string name) => JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "summary.json"))).GetProperty(name).GetInt64();

    /// <summary>Fails where the outputs are not the same bytes, and says from which line on.</summary>
    public void RequireSameOutputs(ReplayFiles expected)
    {
        foreach (string name in Names)
        {
            if (expected.Bytes(name).AsSpan().SequenceEqual(Bytes(name)))
                continue;
            string[] theirs = expected.Lines(name), ours = Lines(name);
            int same = theirs.Zip(ours, (their, our) => their == our).TakeWhile(isSame => isSame).Count();
            Assert.Fail($"{name} differs from line {same + 1} on: {ours.Length} lines, {theirs.Length} expected");
        }
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(folder, name));
}
