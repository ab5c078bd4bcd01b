using System.Text.Json;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Testing.Services;
using NJsonSchema;
using Xunit;

namespace AlertEngine.Integration.Tests.Contracts;

/// <summary>
/// Goal: the AsyncAPI document tells every topic as it is. Method: the document read as JSON; its references followed, its topics held against those that
/// the engine creates, its examples against the schemas that it names.
/// </summary>
public sealed class AsyncApiTests
{
    private static readonly string File = Path.Combine(Checkout.Root, "engine", "AlertEngine.Engine", "Publish", "asyncapi.v1.json");
    private static readonly JsonElement Document = JsonElement.Parse(System.IO.File.ReadAllText(File));

    public static TheoryData<string> Messages => [.. Document.GetProperty("components").GetProperty("messages").EnumerateObject().Select(message => message.Name)];

    [Fact]
    public void Every_topic_of_an_engine_is_described_and_no_other()
    {
        IEnumerable<string> created = TopicPlans.Of(new KafkaOptions(), [TopicNames.WorkOrdersOf("{unit}")]).Select(plan => plan.Name);
        Assert.Equal(created.Order(StringComparer.Ordinal), Channels().Select(channel => channel.Value.GetProperty("address").GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_topic_is_described_as_compacted_exactly_where_it_is()
    {
        HashSet<string> compacted = [.. TopicPlans.Of(new KafkaOptions(), []).Where(plan => plan.IsCompacted).Select(plan => plan.Name)];
        Assert.All(Channels(), channel => Assert.Equal(
            compacted.Contains(channel.Value.GetProperty("address").GetString()!) ? "compact" : "delete",
            channel.Value.GetProperty("bindings").GetProperty("kafka").GetProperty("topicConfiguration").GetProperty("cleanup.policy")[0].GetString()));
    }

    [Fact]
    public void Every_reference_leads_somewhere() => Assert.All(References(Document), reference => Assert.True(Resolve(reference), $"{reference} leads nowhere"));

    [Fact]
    public void Every_channel_is_used_and_every_operation_takes_messages_of_its_channel()
    {
        HashSet<string> used = [];
        foreach (JsonProperty operation in Document.GetProperty("operations").EnumerateObject())
        {
            Assert.Contains(operation.Value.GetProperty("action").GetString(), (string[])["send", "receive"]);
            string channel = operation.Value.GetProperty("channel").GetProperty("$ref").GetString()!;
            used.Add(channel.Split('/')[^1]);
            Assert.All(operation.Value.GetProperty("messages").EnumerateArray(), message => Assert.StartsWith($"{channel}/messages/", message.GetProperty("$ref").GetString(), StringComparison.Ordinal));
        }

        Assert.Equal(Channels().Select(channel => channel.Name).Order(), used.Order());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task Every_example_is_as_its_schema_says(string name)
    {
        JsonElement message = Document.GetProperty("components").GetProperty("messages").GetProperty(name);
        JsonElement schema = message.GetProperty("payload").GetProperty("schema");
        string text = schema.TryGetProperty("$ref", out JsonElement reference) ? await System.IO.File.ReadAllTextAsync(PathOf(reference.GetString()!), TestContext.Current.CancellationToken) : schema.GetRawText();
        JsonSchema judge = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);

        Assert.NotEmpty(message.GetProperty("examples").EnumerateArray());
        Assert.All(message.GetProperty("examples").EnumerateArray(), example => Assert.Empty(judge.Validate(example.GetProperty("payload").GetRawText())));
        Assert.NotEmpty(judge.Validate("""{"specversion":7,"v":"x","lane":"x"}"""));
    }

    private static IEnumerable<JsonProperty> Channels() => Document.GetProperty("channels").EnumerateObject();

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.NameEquals("$ref") ? [member.Value.GetString()!] : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Resolve(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
            return System.IO.File.Exists(PathOf(reference));
        JsonElement place = Document;
        return reference[2..].Split('/').All(step => place.TryGetProperty(step, out place));
    }

    private static string PathOf(string reference) => Path.Combine(Path.GetDirectoryName(File)!, reference);
}
