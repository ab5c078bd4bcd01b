using System.Text.Json;
using System.Text.Json.Nodes;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Schemas;
using AlertEngine.Rules.Files.Yaml;
using NJsonSchema;
using Xunit;

namespace AlertEngine.Integration.Tests.Packs;

/// <summary>
/// Goal: an editor that follows our JSON Schemas finds no fault with files that the loader takes. Method: every shipped and every shared file, validated
/// by an implementation of JSON Schema that is not ours.
/// </summary>
public sealed class FileSchemaTests
{
    public static TheoryData<string> Files { get; } =
        [.. new[] { Path.Combine(ShippedPacks.Rules, "packs"), Path.Combine(ShippedPacks.Rules, "..", "..", "shared", "rules-examples") }
            .Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories)).Select(path => Path.GetRelativePath(ShippedPacks.Rules, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_loads_is_valid_by_its_schema(string path)
    {
        SourceText text = SourceText.From(path, await File.ReadAllTextAsync(Path.Combine(ShippedPacks.Rules, path), TestContext.Current.CancellationToken));
        YamlNode root = YamlReader.Read(text, new DiagnosticBag())!;
        string kind = path.EndsWith(".rules.yaml", StringComparison.Ordinal) ? "rules" : path.EndsWith(".test.yaml", StringComparison.Ordinal) ? "tests" : "city";
        JsonSchema schema = await JsonSchema.FromJsonAsync(FileSchemas.All.Single(one => one.FileName.StartsWith(kind, StringComparison.Ordinal)).Json, TestContext.Current.CancellationToken);

        Assert.Empty(schema.Validate(ToJson(root)!.ToJsonString()).Select(fault => $"{fault.Path}: {fault.Kind}"));
    }

    [Fact]
    public async Task A_misspelt_key_is_a_fault_by_the_schema_too()
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(FileSchemas.All[0].Json, TestContext.Current.CancellationToken);
        Assert.NotEmpty(schema.Validate("""{ "alertengine": "rules/v1", "pack": "p", "ruels": [] }"""));
    }

    // A text for people with a comma and without quotes: the loader warns and puts it together, editors underline it.
    private static bool IsPieceOfText(YamlMapping mapping, YamlEntry entry) => entry.Value is YamlScalar { Value: "" } && mapping.Find("zh") is not null;

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Where(entry => !IsPieceOfText(mapping, entry)).Select(entry => KeyValuePair.Create(entry.Key.Value, ToJson(entry.Value)))),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(ToJson)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar scalar when CoreSchema.Bool(scalar) is { } boolean => JsonValue.Create(boolean),
        YamlScalar scalar when CoreSchema.Integer(scalar) is { } integer => JsonValue.Create(integer),
        YamlScalar scalar when CoreSchema.Number(scalar) is { } number => JsonValue.Create(number),
        YamlScalar scalar => JsonValue.Create(scalar.Value),
        _ => throw new JsonException($"no JSON for {node.GetType().Name}"),
    };
}
