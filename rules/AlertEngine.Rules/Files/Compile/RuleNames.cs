using System.Collections.Frozen;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>The names that expressions of rules begin with, so that nobody gives them to something else.</summary>
internal static class RuleNames
{
    /// <summary>Records, and the namespaces of functions.</summary>
    public static FrozenSet<string> Reserved { get; } = new[]
    {
        "event", "device", "ctx", "params", "lists", "macros", "rule", "alert", "geo", "local", "calendar", "math", "base64", "optional", "sequence",
    }.ToFrozenSet(StringComparer.Ordinal);
}
