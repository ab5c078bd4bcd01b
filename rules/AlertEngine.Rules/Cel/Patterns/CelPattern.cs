using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using AlertEngine.Rules.Cel.Patterns;

namespace AlertEngine.Rules.Cel;

/// <summary>What is wrong with a pattern, in two languages.</summary>
internal sealed record PatternFault(string En, string Zh);

/// <summary>
/// A regular expression of RE2's syntax, run by .NET's non-backtracking engine: time is linear in the text. The syntax is translated,
/// since the two differ in what a character, a digit, a line end are; what cannot be translated exactly is refused. Immutable.
/// </summary>
internal sealed class CelPattern
{
    // Patterns that are not constants are compiled when they are met. The cache is bounded: beyond it they are compiled each time.
    private const int CachedPatterns = 1_000;

    private static readonly ConcurrentDictionary<string, CelPattern> Cache = new(StringComparer.Ordinal);

    private readonly Regex? _regex;

    private CelPattern(Regex? regex, PatternFault? error)
    {
        _regex = regex;
        Error = error;
    }

    /// <summary>Why the pattern cannot be used; null where it can.</summary>
    internal PatternFault? Error { get; }

    /// <summary>Whether the pattern is found anywhere in the text.</summary>
    internal bool IsMatch(string text) => _regex!.IsMatch(text);

    internal static CelPattern Compile(string pattern)
    {
        if (Cache.TryGetValue(pattern, out var known))
            return known;
        var compiled = Build(pattern);
        if (Cache.Count < CachedPatterns)
            Cache.TryAdd(pattern, compiled);
        return compiled;
    }

    private static CelPattern Build(string pattern)
    {
        try
        {
            return new CelPattern(new Regex(PatternTranslator.Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), null);
        }
        catch (PatternRefusal refusal)
        {
            return new CelPattern(null, refusal.Fault);
        }
        catch (NotSupportedException)
        {
            // The engine bounds the size of its automaton.
            return new CelPattern(null, new PatternFault("the pattern is too big", "正则表达式过大"));
        }
    }
}

/// <summary>Carries what is wrong with a pattern out of the translator.</summary>
internal sealed class PatternRefusal(string en, string zh) : Exception(en)
{
    internal PatternFault Fault { get; } = new(en, zh);
}
