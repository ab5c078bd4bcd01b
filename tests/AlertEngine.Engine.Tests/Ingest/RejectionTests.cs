using System.Text;
using AlertEngine.Engine.Ingest;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

/// <summary>Every kind of bad input is a value with a code and a sentence, and the next event is read as if nothing had been.</summary>
public sealed class RejectionTests
{
    private readonly EventDecoder _decoder = Harbour.Decoder();

    [Fact]
    public void Invalid_utf8_is_refused() =>
        AssertRefused([.. "{\"id\":\""u8, 0xC3, 0x28, .. "\"}"u8], RejectionCodes.InvalidUtf8, "the value is not UTF-8");

    [Fact]
    public void A_value_beyond_the_limit_is_refused() =>
        AssertRefused(new byte[5_000_000], RejectionCodes.TooLarge, "the value has 5000000 bytes, more than the admitted 1048576");

    [Fact]
    public void Nesting_ten_thousand_deep_is_refused() =>
        AssertRefused(Harbour.Event(new string('[', 10_000) + new string(']', 10_000)), RejectionCodes.TooDeep, "the JSON is nested deeper than 64 levels at byte 210");

    [Theory]
    [InlineData("""{"level_m":1e999}""")]
    [InlineData("""{"undeclared":{"x":[-1e999]}}""")]
    public void A_number_beyond_a_double_is_refused_wherever_it_stands(string data) => AssertRefused(Harbour.Event(data), RejectionCodes.InvalidField);

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("1e")]
    [InlineData("- 1")]
    [InlineData("tru")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\u0001\"")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("1 2")]
    [InlineData("/* */1")]
    public void What_is_not_json_is_refused(string json) => AssertRefused(Harbour.Event($$"""{"level_m":1,"x":{{json}}}"""), RejectionCodes.InvalidJson);

    [Theory]
    [InlineData("", "the JSON ends early at byte 0")]
    [InlineData("[]", "an unexpected byte at byte 0")]
    [InlineData("{} {}", "something follows the JSON value at byte 3")]
    [InlineData("{\"id\":", "the JSON ends early at byte 6")]
    public void What_is_not_one_object_is_refused(string json, string message) => AssertRefused(Encoding.UTF8.GetBytes(json), RejectionCodes.InvalidJson, message);

    [Theory]
    [InlineData("specversion")]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    [InlineData("subject")]
    [InlineData("time")]
    public void A_required_attribute_that_is_missing_is_named(string name) =>
        AssertRefused(Harbour.Event(without: name), RejectionCodes.MissingAttribute, $"attribute '{name}' is missing");

    [Theory]
    [InlineData("id", "7", "attribute 'id' is no text")]
    [InlineData("id", "\"\"", "attribute 'id' is empty")]
    [InlineData("specversion", "\"0.3\"", "attribute 'specversion' is '0.3'; only 1.0 is known")]
    [InlineData("time", "\"yesterday\"", "attribute 'time' is not an RFC 3339 time: 'yesterday'")]
    [InlineData("recordedtime", "\"x\"", "attribute 'recordedtime' is not an RFC 3339 time: 'x'")]
    [InlineData("data_base64", "\"AA==\"", "the event has both data and data_base64")]
    public void An_attribute_with_a_wrong_value_is_named(string name, string json, string message) =>
        AssertRefused(Harbour.Event(with: (name, json)), RejectionCodes.InvalidAttribute, message);

    [Fact]
    public void An_attribute_without_end_is_refused() =>
        AssertRefused(Harbour.Event(with: ("id", $"\"{new string('i', 2000)}\"")), RejectionCodes.InvalidAttribute, "attribute 'id' is longer than 1024 bytes");

    [Theory]
    [InlineData("""{"id":"a","id":"b"}""")]
    [InlineData("""{"id":"a","\u0069d":"b"}""")]
    [InlineData("""{"data":{"x":{"y":1,"z":2,"y":3}}}""")]
    [InlineData("""{"data":{"a_rather_long_member":1,"a_rather_long_member":1}}""")]
    public void A_member_that_occurs_twice_is_refused(string json) => AssertRefused(Encoding.UTF8.GetBytes(json), RejectionCodes.DuplicateMember);

    [Fact]
    public void A_duplicate_among_very_many_members_is_found()
    {
        string members = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"m{i}\":1"));
        AssertRefused(Harbour.Event($"{{{members},\"m17\":2}}"), RejectionCodes.DuplicateMember);
        Assert.Null(_decoder.Decode(Harbour.Event($"{{{members}}}"), TimeBounds.None));
    }

    [Fact]
    public void The_same_name_in_two_objects_is_no_duplicate() =>
        Assert.Null(_decoder.Decode(Harbour.Event("""{"a":{"x":1},"b":{"x":1,"id":[{"x":1},{"x":2}]},"id":3}"""), TimeBounds.None));

    [Fact]
    public void A_time_without_offset_is_refused() =>
        AssertRefused(Harbour.Event(with: ("time", "\"2026-07-01T08:00:00\"")), RejectionCodes.TimeWithoutOffset, "attribute 'time' has no offset: '2026-07-01T08:00:00'");

    [Fact]
    public void A_time_years_ahead_is_refused_and_the_limit_itself_is_not()
    {
        var limit = new TimeBounds(Instant.FromUtc(2026, 7, 1, 0, 0).ToUnixTimeTicks(), 0);
        Assert.Null(_decoder.Decode(Harbour.Event(), limit));
        Assert.Equal(new Rejection(RejectionCodes.TimeAhead, "attribute 'time' is ahead of what is admitted: '2031-07-01T08:00:00+08:00'"),
            _decoder.Decode(Harbour.Event(with: ("time", "\"2031-07-01T08:00:00+08:00\"")), limit));
    }

    [Fact]
    public void An_event_after_its_expiry_is_refused()
    {
        byte[] value = Harbour.Event(with: ("expirytime", "\"2026-07-01T00:05:00Z\""));
        long expiry = Instant.FromUtc(2026, 7, 1, 0, 5).ToUnixTimeTicks();
        Assert.Null(_decoder.Decode(value, new TimeBounds(long.MaxValue, expiry - 1)));
        Assert.Equal(new Rejection(RejectionCodes.Expired, "the event was to be dropped after '2026-07-01T00:05:00Z'"), _decoder.Decode(value, new TimeBounds(long.MaxValue, expiry)));
    }

    [Theory]
    [InlineData("""{"level_m":"3.5"}""", "data.level_m of water.level is a text, but double is declared")]
    [InlineData("""{"level_m":{}}""", "data.level_m of water.level is an object, but double is declared")]
    [InlineData("""{"samples":3.5}""", "data.samples of water.level is a number that is no int")]
    [InlineData("""{"samples":9223372036854775808}""", "data.samples of water.level is a number that is no int")]
    [InlineData("""{"count":-1}""", "data.count of water.level is a number that is no uint")]
    [InlineData("""{"ok":1}""", "data.ok of water.level is a number, but bool is declared")]
    [InlineData("""{"secret":5}""", "data.secret of water.level is a number, but string is declared")]
    [InlineData("""{"measured":"2026-07-01T00:00:00"}""", "data.measured of water.level is not an RFC 3339 time with an offset")]
    [InlineData("""{"raw":{"values":[1,[]]}}""", "data.raw.values.1 of water.level is an array, but double is declared")]
    [InlineData("""{"status":"drill"}""", "data.status is none of actual, exercise, test")]
    [InlineData("""{"status":7}""", "data.status is none of actual, exercise, test")]
    [InlineData("[1]", "data is no object, but water.level declares fields")]
    public void A_declared_field_of_another_type_is_named_without_its_value(string data, string message) =>
        AssertRefused(Harbour.Event(data), RejectionCodes.InvalidField, message);

    [Theory]
    [InlineData("7", "data.location is not an object")]
    [InlineData("""{"type":"Polygon","coordinates":[1,2]}""", "data.location is not a Point")]
    [InlineData("""{"coordinates":[1,2]}""", "data.location is not a Point")]
    [InlineData("""{"type":"Point"}""", "data.location has not two or three coordinates")]
    [InlineData("""{"type":"Point","coordinates":["1",2]}""", "data.location has a coordinate that is no number")]
    [InlineData("""{"type":"Point","coordinates":{}}""", "data.location has coordinates that are no array")]
    [InlineData("""{"type":"Point","coordinates":[32.0,118.8]}""", "data.location lies outside longitude -180..180, latitude -90..90")]
    [InlineData("""{"type":"Point","coordinates":[1,2],"crs":"bd09"}""", "data.location has a crs that is neither wgs84 nor gcj02")]
    public void A_location_that_cannot_be_one_is_refused(string location, string message) =>
        AssertRefused(Harbour.Event($$"""{"location":{{location}}}"""), RejectionCodes.InvalidLocation, message);

    private void AssertRefused(byte[] value, string code, string? message = null)
    {
        Rejection? rejection = _decoder.Decode(value, TimeBounds.None);
        Assert.Equal(code, rejection?.Code);
        if (message is not null)
            Assert.Equal(message, rejection!.Message);
        Assert.Null(_decoder.Decode(Harbour.Event(), TimeBounds.None));
    }
}
