using System.Collections.Immutable;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Compile;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>Reads test files. Pure: the file comes as text.</summary>
public static class TestFileReader
{
    private const string Header = "tests/v1";

    // A test that does not say when it happens still happens at one instant, the same every time.
    private static readonly Instant DefaultStart = Instant.FromUtc(2025, 12, 31, 16, 0);

    /// <summary>The test file; null where it has errors, which are then in <paramref name="diagnostics"/>.</summary>
    public static TestFile? Read(SourceFile file, DiagnosticBag diagnostics)
    {
        var document = YamlDocument.Of(file);
        SourceText source = document.Source;
        diagnostics.Declare(source);
        int errorsBefore = diagnostics.ErrorCount;
        if (Document.Read(document, Header, TestFileShape.File, diagnostics) is not { } root || diagnostics.ErrorCount > errorsBefore)
            return null;
        Duration lateness = root.Wait("lateness") ?? Duration.Zero;
        YamlMapping? fixtures = root.Map("fixtures");
        var read = new TestFile
        {
            Source = source,
            Rules = [.. root.Scalars("rules").Select(Reference)],
            City = root.Scalar("city") is { } city ? Reference(city) : null,
            Devices = FixtureReader.Devices(fixtures?.Map("devices"), source, diagnostics),
            Places = FixtureReader.Places(fixtures),
            Tests = [.. root.Maps("tests").Select(test => ReadTest(test, lateness, source, diagnostics))],
        };
        return diagnostics.ErrorCount > errorsBefore ? null : read;
    }

    private static TestReference Reference(YamlScalar scalar) => new(scalar.Value, scalar.Span);

    private static TestCase ReadTest(YamlMapping test, Duration lateness, SourceText source, DiagnosticBag diagnostics) => new()
    {
        Name = test.Text("name") ?? "",
        Span = test.Scalar("name")?.Span ?? test.Span,
        Start = test.Text("start") is { } start ? OffsetDateTimePattern.Rfc3339.Parse(start).Value.ToInstant() : DefaultStart,
        Lateness = test.Wait("lateness") ?? lateness,
        Outage = ReadOutage(test, source, diagnostics),
        Events = TestEventReader.Read(test, source, diagnostics),
        Context = [.. test.Maps("context").Select(ReadContext)],
        Commands = [.. test.Maps("commands").Select(entry => TestCommandReader.Read(entry, source, diagnostics))],
        Expectations = [.. test.Maps("expect").Select(ReadExpectation)],
    };

    private static (Duration From, Duration Until)? ReadOutage(YamlMapping test, SourceText source, DiagnosticBag diagnostics)
    {
        if (test.Map("outage") is not { } entry || entry.Wait("from") is not { } from || entry.Wait("until") is not { } until)
            return null;
        if (until <= from)
            diagnostics.Report(FileCodes.OutageEnds, source, entry.Find("until")!.Span, "the outage ends before it begins");
        return (from, until);
    }

    private static TestContextChange ReadContext(YamlMapping entry)
    {
        ImmutableArray<string>? scenes = entry.Find("scenes") is null ? null : [.. entry.Scalars("scenes").Select(scalar => scalar.Value)];
        return new TestContextChange(entry.Wait("at") ?? Duration.Zero, entry.Text("mode"), scenes, entry.Bool("holiday"), entry.Bool("workday"));
    }

    private static TestExpectation ReadExpectation(YamlMapping entry) => new(
        entry.Wait("at") ?? Duration.Zero, entry.Span, Items(entry, "firing"), Items(entry, "resolved"), Items(entry, "suppressed"), Items(entry, "orders"));

    private static ImmutableArray<ExpectedItem>? Items(YamlMapping entry, string key) =>
        entry.Find(key) is null ? null : [.. entry.Maps(key).Select(item => new ExpectedItem(item.Span, [.. item.Entries.SelectMany(field => Fields(item, field))]))];

    private static IEnumerable<ExpectedField> Fields(YamlMapping item, YamlEntry field)
    {
        string name = field.Key.Value;
        if (name == "key")
            return [new ExpectedField(name, KeyOf(item) ?? "")];
        return field.Value switch
        {
            YamlScalar scalar => [new ExpectedField(name, scalar.Value)],
            YamlMapping parts => parts.Entries.Where(part => part.Value is YamlScalar).Select(part => new ExpectedField($"{name}.{part.Key.Value}", ((YamlScalar)part.Value).Value)),
            _ => [],
        };
    }

    // An empty text is a key too: that of events whose key expression gives one.
    internal static string? KeyOf(YamlMapping entry) =>
        entry.Find("key") is null ? null : string.Join('|', entry.Items("key").OfType<YamlScalar>().Select(scalar => scalar.Value));
}
