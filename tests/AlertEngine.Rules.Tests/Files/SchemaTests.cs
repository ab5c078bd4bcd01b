using System.Text.Json;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Schemas;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Goal: schemas, defaults and codes are printed from what the checker uses, and are complete.</summary>
public sealed class SchemaTests
{
    [Fact]
    public void There_are_three_schemas_of_the_draft_2020_12()
    {
        Assert.Equal(["rules.v1.schema.json", "tests.v1.schema.json", "city.v1.schema.json"], FileSchemas.All.Select(schema => schema.FileName));
        foreach ((_, string json) in FileSchemas.All)
        {
            using JsonDocument schema = JsonDocument.Parse(json);
            Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
            Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
        }
    }

    [Fact]
    public void A_rule_requires_what_the_language_requires()
    {
        using JsonDocument schema = JsonDocument.Parse(FileSchemas.All[0].Json);
        JsonElement rule = schema.RootElement.GetProperty("properties").GetProperty("rules").GetProperty("items");

        Assert.Equal(
            ["id", "name", "owner", "stage", "detect", "severity", "title", "routes"],
            rule.GetProperty("required").EnumerateArray().Select(key => key.GetString()));
        Assert.Equal(10, rule.GetProperty("properties").GetProperty("detect").GetProperty("properties").EnumerateObject().Count());
        Assert.Equal(
            "数据中断超过该时间则重新计时 / a longer silence restarts the pending hold (default: no limit)",
            rule.GetProperty("properties").GetProperty("detect").GetProperty("properties").GetProperty("hold").GetProperty("properties").GetProperty("gap").GetProperty("description").GetString());
    }

    [Fact]
    public void Every_key_that_may_be_left_out_of_a_rule_tells_what_holds_then()
    {
        using JsonDocument schema = JsonDocument.Parse(FileSchemas.All[0].Json);
        JsonElement rule = schema.RootElement.GetProperty("properties").GetProperty("rules").GetProperty("items");
        HashSet<string?> required = [.. rule.GetProperty("required").EnumerateArray().Select(key => key.GetString())];

        Assert.DoesNotContain(
            rule.GetProperty("properties").EnumerateObject(),
            key => !required.Contains(key.Name) && key.Name != "doc" && !key.Value.GetProperty("description").GetString()!.Contains("(default: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_of_a_file_are_those_of_the_keys_that_it_leaves_out()
    {
        const string Text = "alertengine: rules/v1\npack: p\nrules:\n  - id: r\n    key: event.district\n    detect: { hold: { when: a, for: 1m } }\n";

        Assert.Contains(DefaultsReport.OfFile(new SourceFile("t", Text)), entry => entry is { Path: "rules[r].detect.hold.gap", Value: "no limit" });
        Assert.Contains(DefaultsReport.OfFile(new SourceFile("t", Text)), entry => entry is { Path: "rules[r].scope", Value: "district" });
        Assert.DoesNotContain(DefaultsReport.OfFile(new SourceFile("t", Text)), entry => entry.Path == "rules[r].key");
        Assert.Contains(DefaultsReport.OfLanguage(), entry => entry is { Path: "rules[].dedup.reopen", Value: "0s" });
    }

    [Fact]
    public void Every_code_is_there_once_with_both_languages()
    {
        Assert.Equal(CodeTable.All.Length, CodeTable.All.Select(code => code.Code).Distinct().Count());
        Assert.All(CodeTable.All, code => Assert.True(code.Title.Zh.Length > 0 && code.Title.En.Length > 0 && code.Explanation.Zh.Length > 0 && code.Explanation.En.Length > 0, code.Code));
        Assert.Equal(CodeTable.All.Length + 2, CodeTable.RenderPage().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void The_page_of_codes_is_what_the_table_prints()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string page = Path.Combine(folder.FullName, "rules", "AlertEngine.Rules", "Files", "Diagnostics", "README.md");
            if (!File.Exists(page))
                continue;
            Assert.EndsWith(CodeTable.RenderPage(), File.ReadAllText(page));
            return;
        }

        Assert.Fail("the page of codes is not in the checkout");
    }
}
