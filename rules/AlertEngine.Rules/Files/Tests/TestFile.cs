using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Devices;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;

namespace AlertEngine.Rules.Files.Tests;

/// <summary>A test file, read and checked. Immutable.</summary>
public sealed record TestFile
{
    /// <summary>Its text, for the places of findings.</summary>
    public required SourceText Source { get; init; }

    /// <summary>The rule files as they stand in the file, relative to it.</summary>
    public required ImmutableArray<TestReference> Rules { get; init; }

    /// <summary>The city file; null: every unit, district, SLA and calendar is accepted.</summary>
    public TestReference? City { get; init; }

    /// <summary>Devices of the fixtures, laid over the registry.</summary>
    public required DeviceRegistry Devices { get; init; }

    /// <summary>Places of the fixtures by kind, laid over the city's.</summary>
    public required FrozenDictionary<string, ImmutableArray<Place>> Places { get; init; }

    /// <summary>The tests, in the order of the file.</summary>
    public required ImmutableArray<TestCase> Tests { get; init; }

    /// <summary>Reports that a file which the test file names is not there.</summary>
    public void ReportMissing(TestReference reference, DiagnosticBag diagnostics) =>
        diagnostics.Report(FileCodes.TestFileMissing, Source, reference.Span, $"no file '{reference.Path}'; names are relative to the test file");

    /// <summary>Reports commands that name a rule which the test file does not load: they would select nothing, and the test would not say so.</summary>
    /// <param name="known">The ids of the rules that are loaded.</param>
    /// <param name="diagnostics">Takes the findings.</param>
    public void ReportUnknownRules(IReadOnlyCollection<string> known, DiagnosticBag diagnostics)
    {
        foreach (YamlScalar rule in Tests.SelectMany(test => test.Commands).Select(command => command.Rule).OfType<YamlScalar>().Where(rule => !known.Contains(rule.Value)))
            diagnostics.ReportNear(FileCodes.UnknownRule, Source, rule.Span, $"no rule '{rule.Value}' in the loaded files", Suggestion.Nearest(rule.Value, known));
    }
}

/// <summary>A file that a test file names.</summary>
/// <param name="Path">As it stands there.</param>
/// <param name="Span">Where it stands.</param>
public sealed record TestReference(string Path, TextSpan Span);

/// <summary>One test. Offsets count from <see cref="Start"/>.</summary>
public sealed record TestCase
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Where its name stands.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>The instant that offsets count from.</summary>
    public required Instant Start { get; init; }

    /// <summary>The configured default of the lateness.</summary>
    public required Duration Lateness { get; init; }

    /// <summary>When the engine stands still, offsets from the start; what happens in it is read at its end. Null: never.</summary>
    public (Duration From, Duration Until)? Outage { get; init; }

    /// <summary>The events, repeats written out, in the order of the file.</summary>
    public required ImmutableArray<TestEvent> Events { get; init; }

    /// <summary>The changes of context, in the order of the file.</summary>
    public required ImmutableArray<TestContextChange> Context { get; init; }

    /// <summary>The commands, in the order of the file.</summary>
    public required ImmutableArray<TestCommand> Commands { get; init; }

    /// <summary>What is expected, in the order of the file.</summary>
    public required ImmutableArray<TestExpectation> Expectations { get; init; }
}
