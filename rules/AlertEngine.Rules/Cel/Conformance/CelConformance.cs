using System.Collections.Immutable;
using System.Text.Json;

namespace AlertEngine.Rules.Cel.Conformance;

/// <summary>Which form of an expression is run.</summary>
public enum CelForm
{
    /// <summary>The compiled delegates.</summary>
    Compiled,

    /// <summary>The interpreter.</summary>
    Interpreted,
}

/// <summary>A conformance test that did not pass.</summary>
/// <param name="Id">The test.</param>
/// <param name="Reason">Why, in English: for developers.</param>
public sealed record CelConformanceFailure(string Id, string Reason);

/// <summary>What a conformance file gave.</summary>
/// <param name="Passed">How many tests passed.</param>
/// <param name="Failures">The others.</param>
public sealed record CelConformanceResult(int Passed, ImmutableArray<CelConformanceFailure> Failures)
{
    /// <summary>Both results as one.</summary>
    public CelConformanceResult And(CelConformanceResult other) => new(Passed + other.Passed, [.. Failures, .. other.Failures]);
}

/// <summary>
/// Runs conformance tests of the CEL specification, one JSON object a line. What a test says and the runner does not know is a failure,
/// never a pass.
/// </summary>
public static class CelConformance
{
    /// <summary>Runs all tests of a stream of lines.</summary>
    /// <param name="lines">JSON objects, one a line; blank lines are skipped.</param>
    /// <param name="form">The form to run.</param>
    public static CelConformanceResult Run(IEnumerable<string> lines, CelForm form)
    {
        var passed = 0;
        var failures = ImmutableArray.CreateBuilder<CelConformanceFailure>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var failure = RunLine(line, number, form);
            if (failure is null)
                passed++;
            else
                failures.Add(failure);
        }
        return new CelConformanceResult(passed, failures.DrainToImmutable());
    }

    private static CelConformanceFailure? RunLine(string line, int number, CelForm form)
    {
        ConformanceTest test;
        try
        {
            test = ConformanceTest.Parse(line);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return new CelConformanceFailure($"line {number}", $"the test cannot be read: {fault.Message}");
        }
        var reason = ConformanceJudge.Fault(test, form);
        return reason is null ? null : new CelConformanceFailure(test.Id, reason);
    }
}
