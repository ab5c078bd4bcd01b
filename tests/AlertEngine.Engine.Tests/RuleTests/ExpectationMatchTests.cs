using System.Collections.Immutable;
using AlertEngine.Engine.RuleTests;
using AlertEngine.Rules.Files.Tests;
using Xunit;

namespace AlertEngine.Engine.Tests.RuleTests;

public sealed class ExpectationMatchTests
{
    private static ExpectedItem Expected(params (string Name, string Value)[] fields) =>
        new(default, [.. fields.Select(field => new ExpectedField(field.Name, field.Value))]);

    private static ObservedItem Observed(params (string Name, string Value)[] fields) =>
        new([.. fields.GroupBy(field => field.Name).Select(group => new ObservedField(group.Key, [.. group.Select(field => field.Value)]))]);

    [Fact]
    public void Only_named_fields_are_compared() =>
        Assert.Empty(ExpectationMatch.Mismatches([Expected(("rule", "a"))], [Observed(("rule", "a"), ("key", "k"), ("severity", "red"))]));

    [Fact]
    public void A_field_with_several_values_equals_any_of_them() =>
        Assert.Empty(ExpectationMatch.Mismatches([Expected(("route", "police"))], [Observed(("route", "fire"), ("route", "police"))]));

    [Fact]
    public void A_field_that_is_not_there_equals_nothing() =>
        Assert.Single(ExpectationMatch.Mismatches([Expected(("labels.colour", ""))], [Observed(("rule", "a"))]));

    [Fact]
    public void A_loose_expectation_leaves_the_only_partner_of_a_strict_one()
    {
        ImmutableArray<ObservedItem> observed = [Observed(("rule", "a"), ("key", "1")), Observed(("rule", "a"), ("key", "2"))];

        Assert.Empty(ExpectationMatch.Mismatches([Expected(("rule", "a")), Expected(("rule", "a"), ("key", "1"))], observed));
    }

    [Fact]
    public void Two_expectations_never_share_one_alert()
    {
        MismatchedPair pair = Assert.Single(ExpectationMatch.Mismatches([Expected(("rule", "a")), Expected(("rule", "a"))], [Observed(("rule", "a"))]));

        Assert.NotNull(pair.Expected);
        Assert.Null(pair.Observed);
    }

    [Fact]
    public void What_nobody_expected_is_a_mismatch()
    {
        MismatchedPair pair = Assert.Single(ExpectationMatch.Mismatches([], [Observed(("rule", "a"))]));

        Assert.Null(pair.Expected);
    }

    [Fact]
    public void The_most_alike_stands_beside_what_was_expected()
    {
        ObservedItem other = Observed(("rule", "b"), ("key", "2")), alike = Observed(("rule", "a"), ("key", "1"), ("severity", "blue"));

        ImmutableArray<MismatchedPair> pairs = ExpectationMatch.Mismatches([Expected(("rule", "a"), ("key", "1"), ("severity", "red"))], [other, alike]);

        Assert.Same(alike, pairs[0].Observed);
        Assert.Same(other, pairs[1].Observed);
    }
}
