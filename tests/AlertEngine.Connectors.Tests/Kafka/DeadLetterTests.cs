using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.Publishing;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

public sealed class DeadLetterTests
{
    private const string Value = """{"id":"1","district":"320106"}""";

    [Fact]
    public void A_whole_value_can_be_sent_again()
    {
        var letter = Read(Value, Value);
        Assert.Equal(("dl-1", "city.events.sensor.v1", 2, 17L, "unknown-district", "no such district"),
            (letter!.Id, letter.Topic, letter.Partition, letter.Offset, letter.Code, letter.Message));
        Assert.Null(letter.Obstacle?.En);
    }

    [Fact]
    public void A_value_that_was_cut_cannot() =>
        Assert.Equal("only the first 10 of its 30 bytes were kept", Read(Value[..10], Value)!.Obstacle?.En);

    [Fact]
    public void A_value_that_was_masked_cannot() =>
        Assert.Equal("sensitive fields of its value are masked", Read(Value.Replace("320106", "******", StringComparison.Ordinal), Value)!.Obstacle?.En);

    [Fact]
    public void A_value_that_was_withheld_cannot() =>
        Assert.Equal("its value is withheld, because it may hold sensitive fields", Read(null, Value)!.Obstacle?.En);

    [Fact]
    public void Another_message_is_no_dead_letter() => Assert.Null(DeadLetter.Read(JsonElement.Parse("""{"id":"1","data":{}}""")));

    [Theory]
    [InlineData("""{"subject":"WL-017","district":"320106"}""", "320106", true)]
    [InlineData("""{"subject":"WL-017","data":{"district":"320106"}}""", "WL-017", false)]
    [InlineData("""{"district":""}""", null, false)]
    [InlineData("no JSON", null, false)]
    public void An_event_is_keyed_by_its_district_else_by_its_device(string value, string? key, bool isDistrict)
    {
        byte[]? found = EventPublisher.KeyOf(Encoding.UTF8.GetBytes(value), out bool isFoundDistrict);
        Assert.Equal((key, isDistrict), (found is null ? null : Encoding.UTF8.GetString(found), isFoundDistrict));
    }

    private static DeadLetter? Read(string? shown, string whole)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(whole);
        string value = shown is null ? "\"withheld\":true" : $"\"value\":{JsonSerializer.Serialize(shown)}";
        string errors = """{"topic":"city.events.sensor.v1","partition":2,"offset":17,"code":"unknown-district","message":"no such district"}""";
        string data = $"{value},\"valueBytes\":{bytes.Length},\"valueSha256\":\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\",\"__alertengine\":{{\"errors\":{errors}}}";
        return DeadLetter.Read(JsonElement.Parse($"{{\"id\":\"dl-1\",\"data\":{{{data}}}}}"));
    }
}
