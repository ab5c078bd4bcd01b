using System.Collections.Immutable;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Tests;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// Runs test files: loads the rules that each names and runs its tests on the production kernel. Pure: files come through
/// <see cref="ISourceFiles"/>, time is that of the tests. Not thread-safe.
/// </summary>
/// <param name="files">Reads the files that test files name.</param>
public sealed class RuleTestRunner(ISourceFiles files)
{
    private readonly TestRuleLoader _loader = new(files);
    private readonly CoverageSummary _coverage = new();

    /// <summary>Runs the files in their order.</summary>
    /// <param name="testFiles">The test files.</param>
    /// <param name="onFile">Told of each file when it is done, for progress; null: nobody.</param>
    public RuleTestReport Run(IEnumerable<SourceFile> testFiles, Action<RuleTestFileResult>? onFile = null)
    {
        var results = ImmutableArray.CreateBuilder<RuleTestFileResult>();
        foreach (SourceFile file in testFiles)
        {
            RuleTestFileResult result = RunFile(file);
            results.Add(result);
            onFile?.Invoke(result);
        }

        return new RuleTestReport(results.ToImmutable(), _coverage.ToImmutable());
    }

    private RuleTestFileResult RunFile(SourceFile file)
    {
        var diagnostics = new DiagnosticBag();
        if (TestFileReader.Read(file, diagnostics) is not { } test)
            return new RuleTestFileResult(file.Name, diagnostics.ToOrdered(), []);
        var loaded = new Dictionary<Duration, ProbedRules>();
        foreach (Duration lateness in test.Tests.Select(one => one.Lateness).Distinct())
        {
            LoadResult result = _loader.Load(test, lateness);
            if (result.Rules is not { } rules)
                return Unrun(test, [.. result.Diagnostics.Where(finding => finding.IsError)]);
            test.ReportUnknownRules([.. rules.Rules.Select(rule => rule.Id)], diagnostics);
            if (diagnostics.HasErrors)
                return Unrun(test, diagnostics.ToOrdered());
            loaded[lateness] = CoverageProbe.Around(rules);
        }

        ImmutableArray<RuleTestResult> results = [.. test.Tests.Select(one => new TestRun(test, one, loaded[one.Lateness]).Run())];
        foreach (ProbedRules probed in loaded.Values)
            _coverage.Add(probed.Probe);
        return new RuleTestFileResult(file.Name, [], results);
    }

    /// <summary>Where the rules have errors no test of the file can pass.</summary>
    private static RuleTestFileResult Unrun(TestFile test, ImmutableArray<RuleDiagnostic> errors)
    {
        var reason = new RuleTestDifference(null, errors.IsEmpty ? null : errors[0].ToString());
        return new RuleTestFileResult(test.Source.Name, errors, [.. test.Tests.Select(one => Failed(test, one, reason))]);
    }

    private static RuleTestResult Failed(TestFile test, TestCase one, RuleTestDifference reason)
    {
        (int line, int column) = test.Source.PositionOf(one.Span.Start);
        return new RuleTestResult(one.Name, line, column, [new RuleTestFailure(line, column, null, "rules", [reason], null)]);
    }
}
