namespace AlertEngine.Rules.Cel;

/// <summary>"Did you mean": the known name nearest to a mistyped one.</summary>
public static class Suggestion
{
    // Longer names are compared no further: nobody mistypes one name for another of 64 letters.
    private const int MaximumLength = 64;

    /// <summary>The nearest name by edit distance with transpositions, or null where none is near (a third of the letters, at least one).</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        if (written.Length > MaximumLength)
            return null;
        var limit = Math.Max(1, written.Length / 3);
        string? best = null;
        var bestDistance = limit + 1;
        foreach (var name in known)
        {
            if (Math.Abs(name.Length - written.Length) > limit)
                continue;
            var distance = Distance(written, name);
            // The order of declaration must not matter: ties go to the first in ordinal order.
            if (distance < bestDistance || (distance == bestDistance && best is not null && string.CompareOrdinal(name, best) < 0))
                (best, bestDistance) = (name, distance);
        }
        return best;
    }

    private static int Distance(string a, string b)
    {
        var rows = new int[3, b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var (row, last, older) = (i % 3, (i + 2) % 3, (i + 1) % 3);
            rows[row, 0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                var least = Math.Min(Math.Min(rows[row, j - 1], rows[last, j]) + 1, rows[last, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    least = Math.Min(least, rows[older, j - 2] + 1);
                rows[row, j] = least;
            }
        }
        return rows[a.Length % 3, b.Length];
    }
}
