using System.Text.Json;

namespace AlertEngine.Testing.Contracts;

/// <summary>
/// Whether a schema only adds to the one that was published before: whoever wrote or read by the former goes on working. For what goes out, nothing that
/// was always there may be missing; for what comes in, nothing more may be asked.
/// </summary>
public static class SchemaCompatibility
{
    /// <summary>What breaks others, each with its place; empty where nothing does.</summary>
    /// <param name="former">The schema as it was published.</param>
    /// <param name="current">The schema now.</param>
    /// <param name="isInput">Whether others write it, and the engine reads.</param>
    public static IReadOnlyList<string> Faults(string former, string current, bool isInput)
    {
        using JsonDocument before = JsonDocument.Parse(former), now = JsonDocument.Parse(current);
        return [.. Compare(before.RootElement, now.RootElement, "#", isInput)];
    }

    private static IEnumerable<string> Compare(JsonElement former, JsonElement current, string path, bool isInput) =>
        Words(former, current, path, isInput).Concat(Required(former, current, path, isInput)).Concat(Members(former, current, path, isInput));

    private static IEnumerable<string> Words(JsonElement former, JsonElement current, string path, bool isInput)
    {
        foreach (string word in (string[])["type", "pattern", "format"])
        {
            if (Text(former, word) != Text(current, word) && (Text(former, word).Length != 0 || (isInput && word == "pattern")))
                yield return $"{path}: {word} was '{Text(former, word)}', is '{Text(current, word)}'";
        }

        foreach (string gone in Texts(former, "enum").Except(Texts(current, "enum")))
            yield return $"{path}: '{gone}' is no value any more";
        if (isInput && !former.TryGetProperty("enum", out _) && current.TryGetProperty("enum", out _))
            yield return $"{path}: only some values are taken now";
    }

    private static IEnumerable<string> Required(JsonElement former, JsonElement current, string path, bool isInput) => isInput
        ? Texts(current, "required").Except(Texts(former, "required")).Select(name => $"{path}: '{name}' is asked for now")
        : Texts(former, "required").Except(Texts(current, "required")).Select(name => $"{path}: '{name}' may be missing now");

    private static IEnumerable<string> Members(JsonElement former, JsonElement current, string path, bool isInput)
    {
        if (former.TryGetProperty("properties", out JsonElement members))
        {
            foreach (JsonProperty member in members.EnumerateObject())
            {
                if (current.TryGetProperty("properties", out JsonElement others) && others.TryGetProperty(member.Name, out JsonElement other))
                    foreach (string fault in Compare(member.Value, other, $"{path}/{member.Name}", isInput))
                        yield return fault;
                else
                    yield return $"{path}/{member.Name}: is gone";
            }
        }

        if (former.TryGetProperty("items", out JsonElement item) && current.TryGetProperty("items", out JsonElement otherItem))
            foreach (string fault in Compare(item, otherItem, $"{path}[]", isInput))
                yield return fault;
    }

    private static string Text(JsonElement schema, string name) => schema.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    private static IEnumerable<string> Texts(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out JsonElement values) ? values.EnumerateArray().Select(value => value.ToString()) : [];
}
