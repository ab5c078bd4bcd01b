using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Files.City;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

public sealed class DeadLetterTests
{
    private static readonly Rejection Reason = new(RejectionCodes.InvalidJson, "the JSON ends early at byte 7");
    private readonly DeadLetterWriter _writer = new([new InputDescription("events.ndjson", "f00d", 0, InputKind.Events)], Harbour.Rules());

    [Fact]
    public void It_says_where_the_record_stood_and_why_it_was_refused()
    {
        Output output = Write("{\"id\":1"u8.ToArray());
        Assert.Equal((OutputKind.DeadLetter, "alertengine.deadletters.v1", "events.ndjson/0/120"), (output.Kind, output.Topic, output.Key));
        Assert.Equal(
            """{"specversion":"1.0","id":"ID","source":"/alertengine/ingest","type":"alertengine.deadletter.v1","subject":"events.ndjson","datacontenttype":"application/json","data":{"value":"{\"id\":1","valueBytes":7,"valueSha256":"SHA","__alertengine":{"errors":{"topic":"events.ndjson","partition":0,"offset":120,"code":"invalid-json","message":"the JSON ends early at byte 7","ruleset":"h"}}}}"""
                .Replace("SHA", Convert.ToHexStringLower(SHA256.HashData("{\"id\":1"u8))).Replace("ID", Root(output).GetProperty("id").GetString()),
            Encoding.UTF8.GetString(output.Value.Span));
    }

    [Fact]
    public void Its_id_is_that_of_the_place_and_of_nothing_else()
    {
        string Id(byte[] value, long offset) => Root(Write(value, offset)).GetProperty("id").GetString()!;
        Assert.Equal(Id([1], 5), Id([2], 5));
        Assert.NotEqual(Id([1], 5), Id([1], 6));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_as_base64() =>
        Assert.Equal("/8A=", Data(Write([0xFF, 0xC0])).GetProperty("valueBase64").GetString());

    [Fact]
    public void A_long_value_is_cut_between_characters_and_told_by_length_and_hash()
    {
        byte[] value = Encoding.UTF8.GetBytes("x" + new string('水', 40_000));
        JsonElement data = Data(Write(value));
        Assert.Equal(1 + ((DeadLetterWriter.MaxValueBytes - 1) / 3), data.GetProperty("value").GetString()!.Length);
        Assert.Equal(value.Length, data.GetProperty("valueBytes").GetInt32());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(value)), data.GetProperty("valueSha256").GetString());
    }

    [Fact]
    public void A_sensitive_value_is_masked_where_the_event_can_be_read()
    {
        byte[] value = Harbour.Event("""{"level_m":"no","secret":"id-card 320102","else":{"secret":"shown"}}""");
        Assert.Contains("\"secret\":\"***\",\"else\":{\"secret\":\"shown\"}", Data(Write(value)).GetProperty("value").GetString());
    }

    [Fact]
    public void A_sensitive_name_cannot_hide_behind_an_escape()
    {
        byte[] value = """{"typ\u0065":"water.l\u0065vel","data":{"note":"\n","\u0073ecret":"id-card"}}"""u8.ToArray();
        Assert.Equal("""{"typ\u0065":"water.l\u0065vel","data":{"note":"\n","\u0073ecret":"***"}}""", Data(Write(value)).GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("""{"type":"water.level","data":{"secret":"id-card 320102" """)]
    [InlineData("""{"type":"water.level","data":{"\u0073ecret":"id-card" """)]
    public void A_sensitive_value_that_cannot_be_found_for_sure_is_withheld_with_everything(string value)
    {
        JsonElement data = Data(Write(Encoding.UTF8.GetBytes(value)));
        Assert.True(data.GetProperty("withheld").GetBoolean());
        Assert.False(data.TryGetProperty("value", out _));
        Assert.Equal(value.Length, data.GetProperty("valueBytes").GetInt32());
    }

    [Fact]
    public void What_the_reader_refused_shows_the_bytes_it_was_mapped_from()
    {
        var decoder = new RecordDecoder(Harbour.Decoder(), new CommandDecoder(CityModel.Open, []), _writer);
        InputRecord record = Record("{}"u8.ToArray(), 120,
            (ReaderHeaders.RejectionCode, "mapping-failed"), (ReaderHeaders.RejectionMessage, "column 'x' is missing"), (ReaderHeaders.Original, "a,b"), ("trace", "t"));
        Rejection rejection = decoder.Decode(record, TimeBounds.None)!;
        Assert.Equal(new Rejection("mapping-failed", "column 'x' is missing"), rejection);
        JsonElement data = Data(decoder.DeadLetter(record, rejection));
        Assert.Equal("a,b", data.GetProperty("value").GetString());
        Assert.Equal("trace", data.GetProperty("headers")[0].GetProperty("name").GetString());
        Assert.Equal(1, data.GetProperty("headers").GetArrayLength());
    }

    private Output Write(byte[] value, long offset = 120) => _writer.Write(Record(value, offset), Reason);

    private static InputRecord Record(byte[] value, long offset, params (string Name, string Value)[] headers) =>
        new(0, offset, offset + value.Length + 1, default, [.. headers.Select(header => new RecordHeader(header.Name, Encoding.UTF8.GetBytes(header.Value)))], value);

    private static JsonElement Root(Output output) => JsonDocument.Parse(output.Value).RootElement;

    private static JsonElement Data(Output output) => Root(output).GetProperty("data");
}
