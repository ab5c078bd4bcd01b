using System.Globalization;
using System.Text.Json;
using AlertEngine.Rules.Detection;
using Xunit;

namespace AlertEngine.Rules.Tests.Detection.Driving;

/// <summary>One random stream, the detector under trial, and what a simple implementation says of it.</summary>
internal sealed record Trial(string Description, Detector Detector, IReadOnlyList<Sample> Stream, int Until, IReadOnlyList<Finding> Expected)
{
    public Action<DetectorDriver>? Before { get; init; }
}

/// <summary>
/// Runs detectors against deliberately simple implementations over random streams. Rounds: 2,000, or what ALERTENGINE_DETECT_ROUNDS says;
/// seed: 20260701, or ALERTENGINE_DETECT_SEED. ALERTENGINE_DETECT_RECORD names a file that a line of the result is added to.
/// </summary>
internal static class Trials
{
    private static int Rounds => Setting("ALERTENGINE_DETECT_ROUNDS", 2_000);

    private static int Seed => Setting("ALERTENGINE_DETECT_SEED", 20_260_701);

    /// <summary>The same openings and clearings at the same instants, in every round, also where states are stored and read in between.</summary>
    public static void Check(string detector, Func<Random, Trial> make)
    {
        int changes = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(unchecked(Seed * 31 + round));
            Trial trial = make(random);
            var driver = new DetectorDriver(trial.Detector, random.Next(2) == 0 ? random : null);
            trial.Before?.Invoke(driver);
            driver.Feed(trial.Stream).Until(trial.Until);
            string expected = Lines(trial.Expected);
            string actual = Lines(driver.Changes);
            Assert.True(expected == actual, $"round {round}: {trial.Description}\n{Lines(trial.Stream)}\nexpected:\n{expected}\nactual:\n{actual}");
            changes += trial.Expected.Count;
        }

        Assert.True(changes > Rounds / 4, $"streams in which only {changes} changes happened show nothing");
        Record(detector, changes);
    }

    /// <summary>A stream in order of (time, source, id), as the reorder buffer gives it, made of events that came in any order.</summary>
    public static IReadOnlyList<Sample> Stream(Random random, int count, int until, Func<int, Sample> make) =>
        [.. Enumerable.Range(0, count)
            .Select(number => make(random.Next(until)) with { Id = number.ToString("D5", CultureInfo.InvariantCulture), Source = random.Next(2) == 0 ? "a" : "b" })
            .OrderBy(sample => sample.At)
            .ThenBy(sample => sample.Source, StringComparer.Ordinal)
            .ThenBy(sample => sample.Id, StringComparer.Ordinal)];

    // What happens at one instant for different keys or incidents has an order of its own that is no detector's matter.
    private static string Lines(IEnumerable<Finding> findings) => string.Join(
        '\n',
        findings
            .OrderBy(finding => finding.Key, StringComparer.Ordinal)
            .ThenBy(finding => finding.Instance, StringComparer.Ordinal)
            .Select(finding => finding.ToString()));

    private static string Lines(IEnumerable<Sample> stream) =>
        string.Join('\n', stream.Select(sample => $"  {sample.At}s {sample.Key} x={sample.X} y={sample.Y} {sample.Text} {sample.Sources}"));

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    private static void Record(string detector, int changes)
    {
        if (Environment.GetEnvironmentVariable("ALERTENGINE_DETECT_RECORD") is not { } path)
            return;
        string commit = Environment.GetEnvironmentVariable("ALERTENGINE_DETECT_COMMIT") ?? "unknown";
        File.AppendAllText(path, JsonSerializer.Serialize(new { detector, commit, seed = Seed, rounds = Rounds, changes, result = "equal" }) + "\n");
    }
}
