using System.Text.Json;
using AlertEngine.Integration.Tests.Processes;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.BadInput;

/// <summary>
/// Goal: nothing that a stranger sends stops the stream. Method: one file, every kind of broken event between good ones, through the program:
/// each broken one is a dead letter once, at its place and with its code, and each good one opens its alert.
/// </summary>
public sealed class BadEventTests
{
    private const string Rules =
        """
        alertengine: rules/v1
        pack: bad-input
        events: { water.level: { level_m: { type: double, unit: m } } }
        rules:
          - id: high
            name: { en: High }
            owner: tests
            stage: live
            source: { type: water.level }
            detect: { each: { when: "event.level_m > 3.0", once: true } }
            severity: { base: yellow }
            title: { en: High }
            routes: [ { to: water } ]
        """;

    private const string City =
        """
        alertengine: city/v1
        city: { code: test, name: { en: Test }, timezone: Asia/Shanghai }
        levels: [ district, city ]
        districts: [ { code: A, name: { en: A } }, { code: B, name: { en: B } } ]
        units: [ { id: water, name: { en: Water }, level: city, topic: city.workorders.water.v1 } ]
        """;

    private readonly SortedDictionary<long, BadEvent> _broken = [];
    private readonly List<string> _goodDevices = [];
    private int _events;

    [Fact]
    public async Task Every_broken_event_is_one_dead_letter_with_its_code_and_every_good_one_is_processed()
    {
        using WorkFolder folder = new();
        WriteEvents(folder.File("events.ndjson"));
        Ending ending = await EngineProcess.RunInAsync(
            folder.Path, "replay", "--events", "events.ndjson", "--rules", folder.Write("bad.rules.yaml", Rules), "--city", folder.Write("city.yaml", City));
        Assert.True(ending.ExitCode == 0, ending.Error);

        ReplayFiles files = new(folder.File("out"));
        Assert.Equal(_broken.Select(pair => $"{pair.Key} {pair.Value.Kind}: {pair.Value.Code}"), files.Messages("deadletters.ndjson").Select(Describe).Order(new ByOffset()));
        Assert.Equal(_goodDevices.Order(StringComparer.Ordinal), KeysOf(files, "alerts.ndjson").Order(StringComparer.Ordinal));
        Assert.Equal(_goodDevices.Count, files.Messages("workorders.ndjson").Count());
        Assert.Equal(_events, files.Count("events"));
        Assert.Equal(_events - _broken.Count, files.Count("accepted"));
    }

    private void WriteEvents(string path)
    {
        using FileStream file = File.Create(path);
        WriteGood(file);
        foreach (BadEvent broken in BadEvents.All)
        {
            _broken.Add(file.Position, broken);
            Write(file, broken.Line);
            WriteGood(file);
            WriteLine(file, BadEvents.EmptyLines[_events % BadEvents.EmptyLines.Length]);
            Write(file, BadEvents.OfUnknownType(_events));
        }
    }

    private void WriteGood(FileStream file)
    {
        Write(file, BadEvents.Good(_goodDevices.Count));
        _goodDevices.Add($"dev-good-{_goodDevices.Count}");
    }

    private void Write(FileStream file, byte[] line)
    {
        _events++;
        WriteLine(file, line);
    }

    private static void WriteLine(FileStream file, byte[] line)
    {
        file.Write(line);
        file.Write("\n"u8);
    }

    private string Describe(JsonElement deadLetter)
    {
        JsonElement errors = deadLetter.GetProperty("data").GetProperty("__alertengine").GetProperty("errors");
        long offset = errors.GetProperty("offset").GetInt64();
        return $"{offset} {_broken.GetValueOrDefault(offset)?.Kind ?? "a good event"}: {errors.GetProperty("code").GetString()}";
    }

    private static IEnumerable<string> KeysOf(ReplayFiles files, string name) => files.Messages(name).Select(message => message.GetProperty("data").GetProperty("key").GetString()!);

    private sealed class ByOffset : IComparer<string>
    {
        public int Compare(string? one, string? other) => Offset(one!).CompareTo(Offset(other!));

        private static long Offset(string line) => long.Parse(line.AsSpan(0, line.IndexOf(' ')), System.Globalization.CultureInfo.InvariantCulture);
    }
}
