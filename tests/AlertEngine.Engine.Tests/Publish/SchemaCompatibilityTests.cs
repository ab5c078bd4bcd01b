using AlertEngine.Engine.Publish;
using AlertEngine.Testing.Contracts;
using Xunit;

namespace AlertEngine.Engine.Tests.Publish;

/// <summary>
/// Goal: versions of the contracts only add. Method: the schemas as they were published, kept in <c>previous</c>, against those of today; with a release
/// the new ones take their place. And the check itself on schemas that break what it holds.
/// </summary>
public sealed class SchemaCompatibilityTests
{
    public static TheoryData<string> Names => [.. ContractSchemas.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void Whoever_worked_with_the_former_schema_works_with_this_one(string name)
    {
        string former = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Publish", "previous", name));
        Assert.Empty(SchemaCompatibility.Faults(former, ContractSchemas.Read(name), IsInput(name)));
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"properties":{}}""", false, "#/a: is gone")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"properties":{"a":{"type":"integer"}}}""", false, "#/a: type was 'string', is 'integer'")]
    [InlineData("""{"required":["a"]}""", """{"required":[]}""", false, "#: 'a' may be missing now")]
    [InlineData("""{"required":[]}""", """{"required":["a"]}""", true, "#: 'a' is asked for now")]
    [InlineData("""{"properties":{"a":{"enum":["x","y"]}}}""", """{"properties":{"a":{"enum":["x"]}}}""", false, "#/a: 'y' is no value any more")]
    [InlineData("""{"properties":{"a":{}}}""", """{"properties":{"a":{"enum":["x"]}}}""", true, "#/a: only some values are taken now")]
    [InlineData("""{"items":{"properties":{"a":{}}}}""", """{"items":{}}""", false, "#[]/a: is gone")]
    [InlineData("""{"properties":{"a":{}}}""", """{"properties":{"a":{"pattern":"^x"}}}""", true, "#/a: pattern was '', is '^x'")]
    public void What_breaks_others_is_told_with_its_place(string former, string current, bool isInput, string expected) =>
        Assert.Equal([expected], SchemaCompatibility.Faults(former, current, isInput));

    [Theory]
    [InlineData("""{"properties":{}}""", """{"properties":{"a":{}}}""", false)]
    [InlineData("""{"properties":{"a":{"enum":["x"]}}}""", """{"properties":{"a":{"enum":["x","y"]}}}""", false)]
    [InlineData("""{"required":[]}""", """{"required":["a"]}""", false)]
    [InlineData("""{"required":["a"]}""", """{"required":[]}""", true)]
    public void What_only_adds_breaks_nobody(string former, string current, bool isInput) =>
        Assert.Empty(SchemaCompatibility.Faults(former, current, isInput));

    private static bool IsInput(string name) => name is ContractSchemas.Command or ContractSchemas.Event;
}
