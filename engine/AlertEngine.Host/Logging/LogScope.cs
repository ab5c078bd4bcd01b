using System.Collections;

namespace AlertEngine.Host.Logging;

/// <summary>
/// Names with values, as a scope (lane, district, stage) or as what a sentence of the log is about. Formatters that know names write them apart,
/// others write the text.
/// </summary>
internal sealed class LogScope(IReadOnlyList<KeyValuePair<string, object?>> values, string text) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>What scopes are named by, in the order in which they are shown.</summary>
    private static readonly string[] Names = ["lane", "district", "stage"];

    /// <summary>A lane's scope, or a stage's in it.</summary>
    public static LogScope Of(int lane, string stage) => Of([new("lane", lane), new("stage", stage)]);

    /// <summary>Parts what was logged with into the scope and what the sentence is about.</summary>
    public static (LogScope Scope, LogScope About) Part(IEnumerable<KeyValuePair<string, object>> properties, string text)
    {
        var byName = properties.ToLookup(property => Names.Contains(property.Key));
        return (Of([.. byName[true].OrderBy(property => Array.IndexOf(Names, property.Key))!]), new LogScope([.. byName[false]!], text));
    }

    public int Count => values.Count;

    public KeyValuePair<string, object?> this[int index] => values[index];

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => text;

    private static LogScope Of(IReadOnlyList<KeyValuePair<string, object?>> values) => new(values, string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")));
}
