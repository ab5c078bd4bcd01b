using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Goal: findings are bounded, in order, and none is an echo of another.</summary>
public sealed class DiagnosticBagTests
{
    private static readonly SourceText Source = SourceText.From("t", string.Concat(Enumerable.Repeat("x\n", 3_000)));

    [Fact]
    public void A_crowd_of_warnings_hides_no_error()
    {
        DiagnosticBag bag = new();
        for (int i = 0; i < 1_500; i++)
            bag.Report(FileCodes.NoTest, Source, new TextSpan(2 * i, 1), "no test");
        bag.Report(FileCodes.NotNumber, Source, new TextSpan(4_000, 1), "not a number");

        Assert.Equal(DiagnosticBag.Limit + 1, bag.ToOrdered().Length);
        Assert.Single(bag.ToOrdered(), diagnostic => diagnostic.IsError);
    }

    [Fact]
    public void A_second_error_at_one_place_and_what_lies_within_an_explained_place_are_left_out()
    {
        DiagnosticBag bag = new();
        bag.Report(FileCodes.NotNumber, Source, new TextSpan(100, 1), "first");
        bag.Report(FileCodes.NotBool, Source, new TextSpan(100, 1), "echo");
        bag.ReportCovering(FileCodes.UnquotedExpression, Source, new TextSpan(10, 20), "torn");
        bag.Report(FileCodes.UnknownKey, Source, new TextSpan(15, 1), "part of it");

        Assert.Equal(["torn", "first"], bag.ToOrdered().Select(diagnostic => diagnostic.MessageEn));
    }
}
