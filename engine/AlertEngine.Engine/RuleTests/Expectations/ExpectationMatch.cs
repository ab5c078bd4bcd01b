using System.Collections.Immutable;
using AlertEngine.Rules.Files.Tests;

namespace AlertEngine.Engine.RuleTests;

/// <summary>An expected item beside what was observed in its place; one of the two is null where the other has no counterpart.</summary>
internal sealed record MismatchedPair(ExpectedItem? Expected, ObservedItem? Observed);

/// <summary>
/// Matches expected and observed items one to one. An expectation names only the fields it cares about, so one observed item may suit several:
/// taking the first that suits could leave another without its only partner. A maximum matching by augmenting paths (Kuhn, 1955) never does.
/// </summary>
internal static class ExpectationMatch
{
    /// <summary>What does not match, most alike beside each other; empty where all do.</summary>
    public static ImmutableArray<MismatchedPair> Mismatches(ImmutableArray<ExpectedItem> expected, ImmutableArray<ObservedItem> observed)
    {
        int[] expectedOf = Match(expected, observed);
        List<ObservedItem> leftObserved = [.. observed.Where((_, place) => expectedOf[place] < 0)];
        List<ExpectedItem> leftExpected = [.. expected.Where((_, place) => !expectedOf.Contains(place))];
        return [.. Pair(leftExpected, leftObserved)];
    }

    /// <summary>Whether every named field has the observed value.</summary>
    public static bool Suits(ExpectedItem expected, ObservedItem observed) => expected.Fields.All(field => observed[field.Name].Contains(field.Value));

    /// <summary>How many of the named fields have the observed value; the rule and the key weigh more than all others.</summary>
    public static int Likeness(ExpectedItem expected, ObservedItem observed) =>
        expected.Fields.Sum(field => !observed[field.Name].Contains(field.Value) ? 0 : field.Name is "rule" or "key" ? 100 : 1);

    // For each observed item the place of its expectation, or -1.
    private static int[] Match(ImmutableArray<ExpectedItem> expected, ImmutableArray<ObservedItem> observed)
    {
        int[] expectedOf = new int[observed.Length];
        Array.Fill(expectedOf, -1);
        for (int place = 0; place < expected.Length; place++)
            Augment(place, expected, observed, expectedOf, new bool[observed.Length]);
        return expectedOf;
    }

    private static bool Augment(int place, ImmutableArray<ExpectedItem> expected, ImmutableArray<ObservedItem> observed, int[] expectedOf, bool[] isVisited)
    {
        for (int candidate = 0; candidate < observed.Length; candidate++)
        {
            if (isVisited[candidate] || !Suits(expected[place], observed[candidate]))
                continue;
            isVisited[candidate] = true;
            if (expectedOf[candidate] >= 0 && !Augment(expectedOf[candidate], expected, observed, expectedOf, isVisited))
                continue;
            expectedOf[candidate] = place;
            return true;
        }

        return false;
    }

    private static IEnumerable<MismatchedPair> Pair(List<ExpectedItem> expected, List<ObservedItem> observed)
    {
        foreach (ExpectedItem item in expected)
        {
            ObservedItem? nearest = observed.MaxBy(candidate => Likeness(item, candidate));
            if (nearest is not null)
                observed.Remove(nearest);
            yield return new MismatchedPair(item, nearest);
        }

        foreach (ObservedItem item in observed)
            yield return new MismatchedPair(null, item);
    }
}
