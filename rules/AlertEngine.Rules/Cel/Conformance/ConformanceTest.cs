using System.Collections.Frozen;
using System.Text.Json;

namespace AlertEngine.Rules.Cel.Conformance;

/// <summary>One test, as its line says it.</summary>
internal sealed record ConformanceTest(string Id, string Expression, string Container, bool DisableMacros, bool DisableCheck, bool CheckOnly)
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "file", "section", "name", "group", "description", "expr", "container", "locale", "disableMacros", "disableCheck", "checkOnly", "typeEnv", "bindings", "expect",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal List<(string Name, CelType Type)> Types { get; } = [];

    internal List<(string Name, CelValue Value)> Bindings { get; } = [];

    internal CelValue? ExpectedValue { get; private set; }

    internal bool ExpectsError { get; private set; }

    internal CelType? ExpectedType { get; private set; }

    /// <exception cref="FormatException">The line has a key, kind or type that is not known.</exception>
    internal static ConformanceTest Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        RequireKnown(root, Known);
        if (Text(root, "locale").Length > 0)
            throw new FormatException("a locale is not supported");
        var test = new ConformanceTest(Text(root, "id"), Text(root, "expr"), Text(root, "container"), Flag(root, "disableMacros"), Flag(root, "disableCheck"), Flag(root, "checkOnly"));
        if (root.TryGetProperty("typeEnv", out var types))
            test.ReadTypes(types);
        if (root.TryGetProperty("bindings", out var bindings))
            test.ReadBindings(bindings);
        test.ReadExpectation(root.GetProperty("expect"));
        return test;
    }

    private void ReadTypes(JsonElement types)
    {
        foreach (var entry in types.EnumerateArray())
        {
            RequireKnown(entry, TypeKeys);
            Types.Add((Text(entry, "name"), ConformanceTypes.Parse(Text(entry, "type"))));
        }
    }

    private void ReadBindings(JsonElement bindings)
    {
        foreach (var binding in bindings.EnumerateObject())
            Bindings.Add((binding.Name, ConformanceValues.Parse(binding.Value)));
    }

    private void ReadExpectation(JsonElement expect)
    {
        RequireKnown(expect, ExpectKeys);
        ExpectsError = expect.TryGetProperty("error", out _);
        if (expect.TryGetProperty("value", out var value))
            ExpectedValue = ConformanceValues.Parse(value);
        if (expect.TryGetProperty("type", out var type))
            ExpectedType = ConformanceTypes.Parse(type.GetString()!);
        if (!ExpectsError && ExpectedValue is null && ExpectedType is null)
            throw new FormatException("nothing is expected");
    }

    private static readonly FrozenSet<string> TypeKeys = new[] { "name", "type" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> ExpectKeys = new[] { "value", "error", "type" }.ToFrozenSet(StringComparer.Ordinal);

    internal static void RequireKnown(JsonElement element, FrozenSet<string> known)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
                throw new FormatException($"unknown key '{property.Name}'");
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static bool Flag(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.GetBoolean();
}
