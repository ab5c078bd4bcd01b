using System.Collections.Immutable;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>What running test files gave. Immutable.</summary>
/// <param name="Files">The files in the order in which they were run.</param>
/// <param name="Coverage">What of the rules was reached, over all files.</param>
public sealed record RuleTestReport(ImmutableArray<RuleTestFileResult> Files, ImmutableArray<RuleCoverage> Coverage)
{
    /// <summary>How many tests passed.</summary>
    public int Passed => Files.Sum(file => file.Tests.Count(test => test.IsPassed));

    /// <summary>How many tests failed. A file that could not be run counts as its tests, or as one where not even they could be read.</summary>
    public int Failed => Files.Sum(file => file.Tests.Count(test => !test.IsPassed) + (file.IsUnreadable ? 1 : 0));
}

/// <summary>What one test file gave.</summary>
/// <param name="Name">The file.</param>
/// <param name="Diagnostics">Errors of the file, or of the rules and the city that it names; empty where it could be run.</param>
/// <param name="Tests">The tests in the order of the file.</param>
public sealed record RuleTestFileResult(string Name, ImmutableArray<RuleDiagnostic> Diagnostics, ImmutableArray<RuleTestResult> Tests)
{
    /// <summary>Whether errors kept even its tests from being read.</summary>
    public bool IsUnreadable => Tests.IsEmpty && Diagnostics.Any(finding => finding.IsError);
}

/// <summary>What one test gave.</summary>
/// <param name="Name">The test.</param>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Column">Where it stands, from 1.</param>
/// <param name="Failures">What was not as expected; empty where it passed.</param>
public sealed record RuleTestResult(string Name, int Line, int Column, ImmutableArray<RuleTestFailure> Failures)
{
    /// <summary>Whether everything was as expected.</summary>
    public bool IsPassed => Failures.IsEmpty;
}

/// <summary>One thing that was not as expected.</summary>
/// <param name="Line">Where the expectation stands, from 1.</param>
/// <param name="Column">Where it stands, from 1.</param>
/// <param name="At">The judged instant, from the start of the test; null where the test could not be run that far.</param>
/// <param name="List">Which list differs: <c>firing</c>, <c>resolved</c>, <c>suppressed</c>, <c>orders</c>; or <c>events</c>, <c>context</c>, <c>commands</c> or <c>rules</c> where the test could not be run.</param>
/// <param name="Differences">What differs.</param>
/// <param name="NearestEvent">The last event up to the judged instant, of the expected key if there is one; null where there is none.</param>
public sealed record RuleTestFailure(int Line, int Column, Duration? At, string List, ImmutableArray<RuleTestDifference> Differences, string? NearestEvent)
{
    /// <summary>What is probably wrong with the test itself: names that nothing bears, commands that were refused.</summary>
    public ImmutableArray<LocalText> Hints { get; init; } = [];
}

/// <summary>Expected beside actual; null on one side where the other has no counterpart.</summary>
/// <param name="Expected">What was expected.</param>
/// <param name="Actual">What there was.</param>
public sealed record RuleTestDifference(string? Expected, string? Actual);

/// <summary>What the tests reached of one rule.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="IsReached">Whether it ever fired.</param>
/// <param name="UnreachedBranches">Raises and clearings that no test reached, in words.</param>
/// <param name="UnreachedRoutes">Routes that no test reached, in words.</param>
/// <param name="Branches">How many branches there are.</param>
/// <param name="Routes">How many routes there are.</param>
public sealed record RuleCoverage(
    string RuleId, bool IsReached, ImmutableArray<string> UnreachedBranches, ImmutableArray<string> UnreachedRoutes, int Branches, int Routes);
