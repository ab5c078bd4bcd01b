using System.Collections.Immutable;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Tests;

namespace AlertEngine.Rules.Files.Schemas;

/// <summary>The JSON Schemas (2020-12) of the files that people write, printed from the shapes that the checker uses: they cannot disagree.</summary>
public static class FileSchemas
{
    /// <summary>The schemas by file name: <c>rules.v1.schema.json</c>, <c>tests.v1.schema.json</c>, <c>city.v1.schema.json</c>.</summary>
    public static ImmutableArray<(string FileName, string Json)> All { get; } =
    [
        ("rules.v1.schema.json", SchemaWriter.Write(RuleFileShape.File, "rules/v1")),
        ("tests.v1.schema.json", SchemaWriter.Write(TestFileShape.File, "tests/v1")),
        ("city.v1.schema.json", SchemaWriter.Write(CityShape.File, "city/v1")),
    ];
}
