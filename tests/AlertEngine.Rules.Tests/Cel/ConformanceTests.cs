using AlertEngine.Rules.Cel.Conformance;
using Xunit;

namespace AlertEngine.Rules.Tests.Cel;

/// <summary>The conformance tests of the CEL specification, from the folder beside the checkout, in both forms.</summary>
public sealed class ConformanceTests
{
    [Theory]
    [InlineData(CelForm.Compiled)]
    [InlineData(CelForm.Interpreted)]
    public void Every_conformance_test_passes(CelForm form)
    {
        var result = new CelConformanceResult(0, []);
        foreach (var file in Files())
            result = result.And(CelConformance.Run(File.ReadLines(file), form));
        TestContext.Current.TestOutputHelper!.WriteLine($"{result.Passed} passed, {result.Failures.Length} failed");
        foreach (var failure in result.Failures)
            TestContext.Current.TestOutputHelper.WriteLine($"{failure.Id}: {failure.Reason}");
        Assert.Empty(result.Failures);
    }

    [Fact]
    public void A_key_that_the_runner_does_not_know_is_a_failure()
    {
        var result = CelConformance.Run(["""{"id": "x", "expr": "true", "sandbox": 1, "expect": {"value": {"t": "bool", "v": true}}}"""], CelForm.Compiled);
        Assert.Equal(new CelConformanceFailure("line 1", "the test cannot be read: unknown key 'sandbox'"), Assert.Single(result.Failures));
    }

    [Fact]
    public void An_expectation_that_the_runner_does_not_know_is_a_failure()
    {
        var result = CelConformance.Run(["""{"id": "x", "expr": "true", "expect": {"unknown": {}}}"""], CelForm.Interpreted);
        Assert.Equal("the test cannot be read: unknown key 'unknown'", Assert.Single(result.Failures).Reason);
    }

    private static string[] Files()
    {
        var folder = Folder();
        if (folder is not null)
            return [.. Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)];
        Assert.False(Environment.GetEnvironmentVariable("ALERTENGINE_REQUIRE_SERVICES") == "1", "../shared/cel-conformance is missing");
        Assert.Skip("../shared/cel-conformance is not here: conformance was not tested");
        return [];
    }

    // The folder is beside the checkout, wherever the tests were built.
    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "cel-conformance");
            if (Directory.Exists(candidate))
                return candidate;
        }
        return null;
    }
}
