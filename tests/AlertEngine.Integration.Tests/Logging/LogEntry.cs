using System.Collections.Immutable;
using System.Text.Json;

namespace AlertEngine.Integration.Tests.Logging;

/// <summary>One line of the log as a collector of logs reads it.</summary>
internal sealed record LogEntry(string Level, string Sentence, ImmutableSortedDictionary<string, string> Scopes)
{
    /// <summary>Reads the lines that are log entries; the program says other things on standard error too.</summary>
    public static ImmutableArray<LogEntry> Read(string error) =>
        [.. error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).Select(line => Of(JsonElement.Parse(line)))];

    /// <summary>A scope's value; empty where there is none.</summary>
    public string Scope(string name) => Scopes.GetValueOrDefault(name, "");

    private static LogEntry Of(JsonElement line) => new(
        line.GetProperty("LogLevel").GetString()!,
        line.GetProperty("Message").GetString()!,
        line.GetProperty("Scopes").EnumerateArray().SelectMany(scope => scope.EnumerateObject()).Where(member => member.Name != "Message")
            .ToImmutableSortedDictionary(member => member.Name, member => member.Value.ToString(), StringComparer.Ordinal));
}
