using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>Reads the events of a test and writes their repeats out.</summary>
internal static class TestEventReader
{
    /// <summary>How many events a test may have: beyond it a test is a replay.</summary>
    private const int EventLimit = 1_000_000;

    private const string DefaultSource = "test";

    public static ImmutableArray<TestEvent> Read(YamlMapping test, SourceText source, DiagnosticBag diagnostics)
    {
        var events = ImmutableArray.CreateBuilder<TestEvent>();
        foreach (YamlMapping entry in test.Maps("events"))
        {
            if (!CheckRepeats(entry, source, diagnostics))
                continue;
            long times = entry.Integer("times") ?? 1;
            if (events.Count + times > EventLimit)
            {
                diagnostics.Report(FileCodes.TooManyEvents, source, entry.Span, $"the test has more than {EventLimit} events");
                break;
            }

            Expand(entry, times, events);
        }

        return events.ToImmutable();
    }

    private static bool CheckRepeats(YamlMapping entry, SourceText source, DiagnosticBag diagnostics)
    {
        bool isTimed = entry.Find("every") is not null;
        if (isTimed == entry.Find("times") is not null || entry.Integer("times") == 1)
            return true;
        diagnostics.Report(FileCodes.RepeatsIncomplete, source, entry.Entry(isTimed ? "every" : "times")!.Key.Span, isTimed ? "'every' needs 'times'" : "'times' needs 'every'");
        return false;
    }

    private static void Expand(YamlMapping entry, long times, ImmutableArray<TestEvent>.Builder events)
    {
        Duration at = entry.Wait("at") ?? Duration.Zero;
        Duration arrives = entry.Wait("arrives") ?? at;
        Duration every = entry.Wait("every") ?? Duration.Zero;
        TestEvent first = First(entry);
        for (int i = 0; i < times; i++)
        {
            events.Add(first with
            {
                Id = entry.Text("id") ?? IdOf(events.Count),
                At = at + (every * i),
                Arrives = arrives + (every * i),
            });
        }
    }

    // Events of one instant are taken by source and id: ids of equal length rise as texts do.
    private static string IdOf(int place) => string.Create(CultureInfo.InvariantCulture, $"e{place + 1:0000000}");

    private static TestEvent First(YamlMapping entry) => new()
    {
        Span = entry.Span,
        Type = entry.Text("type") ?? "",
        Id = "",
        Source = entry.Text("source") ?? DefaultSource,
        Device = entry.Text("device") ?? "",
        At = Duration.Zero,
        Arrives = Duration.Zero,
        District = entry.Text("district") ?? "",
        Street = entry.Text("street") ?? "",
        Grid = entry.Text("grid") ?? "",
        Geo = PlaceReader.Geo(entry.Map("geo")),
        Status = entry.Text("status") switch { "exercise" => EventStatus.Exercise, "test" => EventStatus.Test, _ => EventStatus.Actual },
        Data = entry.Map("data"),
    };
}
