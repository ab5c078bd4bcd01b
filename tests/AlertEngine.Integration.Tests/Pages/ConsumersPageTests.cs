using System.Text.Json;
using AlertEngine.Engine.Publish;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Pages;

/// <summary>Goal: downstream systems are told what is so. Method: the page beside the code: its table of feedback asked of the life cycle, its examples are those that the tests of the service run on a broker.</summary>
public sealed class ConsumersPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Root, "engine", "AlertEngine.Engine", "WorkOrders", "README.md"));

    [Theory]
    [InlineData("csharp", "OrderReader.cs")]
    [InlineData("java", "OrderReader.java")]
    [InlineData("python", "order_reader.py")]
    [InlineData("sh", "order_reader.sh")]
    public void An_example_is_the_one_that_a_test_runs(string language, string file)
    {
        string example = File.ReadAllText(Path.Combine(Checkout.Root, "tests", "AlertEngine.Integration.Tests", "Pages", "Examples", file));
        Assert.Contains($"```{language}\n{example}```", Page);
    }

    [Fact]
    public void Every_command_about_orders_is_in_the_table_with_the_states_in_which_it_is_possible()
    {
        Dictionary<string, string> told = Page.Split('\n').Where(row => row.StartsWith("| `", StringComparison.Ordinal)).Select(row => row.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(row => row[1].Trim('`'), row => row[2]);
        foreach (OrderVerb verb in Enum.GetValues<OrderVerb>())
            Assert.Equal(OrderLifecycle.PossibleWhile(verb).Select(OrderDocument.Word), told[OrderLifecycle.Word(verb)].Split(", "));
    }

    [Fact]
    public void Every_operation_of_the_contract_is_explained()
    {
        using JsonDocument schema = JsonDocument.Parse(ContractSchemas.Read(ContractSchemas.WorkOrder));
        JsonElement operations = schema.RootElement.GetProperty("properties").GetProperty("data").GetProperty("properties").GetProperty("operation").GetProperty("enum");
        Assert.All(operations.EnumerateArray(), operation => Assert.Contains($"| `{operation.GetString()}` |", Page));
    }
}
