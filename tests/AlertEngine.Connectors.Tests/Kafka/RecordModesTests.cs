using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.CloudEvents;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Goal: both modes of CloudEvents reach the decoder as one, and nothing is smuggled in. Method: a decoder that remembers what it was given.</summary>
public sealed class RecordModesTests
{
    private readonly Recording _inner = new();

    [Theory]
    [InlineData("application/cloudevents+json")]
    [InlineData("Application/CloudEvents+JSON; charset=UTF-8")]
    public void A_structured_event_is_handed_on_as_it_is(string contentType)
    {
        Assert.Null(Decode("""{"id":"1"}""", ("Content-Type", contentType), ("ce_id", "2")));
        Assert.Equal("""{"id":"1"}""", _inner.Given);
    }

    [Fact]
    public void A_record_without_content_type_and_attributes_is_structured()
    {
        Assert.Null(Decode("""{"id":"1"}"""));
        Assert.Equal("""{"id":"1"}""", _inner.Given);
    }

    [Fact]
    public void A_binary_event_becomes_the_structured_one()
    {
        Assert.Null(Decode("""{"level_m":3.5}""", ("ce_specversion", "1.0"), ("ce_id", "a\"b"), ("ce_type", "water.level"), ("ce_district", "320106"), ("content-type", "application/json")));

        var given = JsonDocument.Parse(_inner.Given).RootElement;
        Assert.Equal(("1.0", "a\"b", "water.level", "320106", "application/json"),
            (Text(given, "specversion"), Text(given, "id"), Text(given, "type"), Text(given, "district"), Text(given, "datacontenttype")));
        Assert.Equal(3.5, given.GetProperty("data").GetProperty("level_m").GetDouble());
    }

    [Fact]
    public void The_content_type_alone_tells_the_mode()
    {
        Assert.Null(Decode("""{"id":"1"}""", ("content-type", "application/json")));
        Assert.Equal("""{"datacontenttype":"application/json","data":{"id":"1"}}""", _inner.Given);
    }

    [Fact]
    public void Data_of_another_type_are_carried_as_base64()
    {
        Assert.Null(Decode("<alert/>", ("ce_id", "1"), ("content-type", "application/xml")));
        Assert.Equal("""{"id":"1","datacontenttype":"application/xml","data_base64":"PGFsZXJ0Lz4="}""", _inner.Given);
    }

    [Fact]
    public void A_binary_event_without_data_has_none()
    {
        Assert.Null(Decode("", ("ce_id", "1")));
        Assert.Equal("""{"id":"1"}""", _inner.Given);
    }

    [Theory]
    [InlineData("""{"level_m":3.5},"district":"320100" """)]
    [InlineData("""{"level_m":3.5}}""")]
    [InlineData("{")]
    [InlineData("1 2")]
    public void Data_that_would_break_out_of_their_member_are_refused(string data)
    {
        var rejection = Decode(data, ("ce_id", "1"));
        Assert.Equal(RejectionCodes.InvalidJson, rejection!.Code);
        Assert.StartsWith("the data are not one JSON value: byte ", rejection.Message, StringComparison.Ordinal);
        Assert.Equal("", _inner.Given);
    }

    [Fact]
    public void A_header_that_is_not_UTF8_is_refused()
    {
        var record = Record("{}"u8.ToArray(), [new RecordHeader("ce_id", new byte[] { 0xff })]);
        Assert.Equal(new Rejection(RejectionCodes.InvalidUtf8, "the header 'ce_id' is not UTF-8"), new RecordModes(_inner).Decode(record, TimeBounds.None));
    }

    [Fact]
    public void A_dead_letter_shows_the_record_as_it_was_sent()
    {
        var record = Record("{"u8.ToArray(), [new RecordHeader("ce_id", "1"u8.ToArray())]);
        var modes = new RecordModes(_inner);
        modes.DeadLetter(record, modes.Decode(record, TimeBounds.None)!);
        Assert.Equal("{", Encoding.UTF8.GetString(_inner.Buried.Span));
    }

    [Fact]
    public void A_redriven_event_has_a_key_of_its_own()
    {
        var modes = new RecordModes(_inner);
        UInt128 Key(params RecordHeader[] headers)
        {
            modes.Decode(Record("{}"u8.ToArray(), [.. headers]), TimeBounds.None);
            return modes.Event.Key;
        }

        var first = Key(new RecordHeader("ae-redrive", "1"u8.ToArray()));
        var second = Key(new RecordHeader("ae-redrive", "2"u8.ToArray()));
        Assert.Equal(3, new[] { Key(), first, second }.Distinct().Count());
        Assert.Equal(first, Key(new RecordHeader("ae-redrive", "1"u8.ToArray())));
    }

    [Fact]
    public void What_goes_to_another_lane_is_structured_and_keeps_its_redrive_number()
    {
        var modes = new RecordModes(_inner);
        InputRecord record = Record("""{"level":1}"""u8.ToArray(), [new RecordHeader("ce_id", "1"u8.ToArray()), new RecordHeader("ae-redrive", "2"u8.ToArray())]);
        modes.Decode(record, TimeBounds.None);
        Output forwarded = modes.Forward(record, "elsewhere", "320106");
        modes.Decode(Record("""{"level":2}"""u8.ToArray(), [new RecordHeader("ce_id", "2"u8.ToArray())]), TimeBounds.None);
        Assert.Equal("""{"id":"1","data":{"level":1}}""", Encoding.UTF8.GetString(forwarded.Value.Span));
        Assert.Equal(("elsewhere", "320106", 2), (forwarded.Topic, forwarded.Key, forwarded.Transit!.Value.Redrive));
    }

    private Rejection? Decode(string value, params (string Name, string Value)[] headers) =>
        new RecordModes(_inner).Decode(
            Record(Encoding.UTF8.GetBytes(value), [.. headers.Select(header => new RecordHeader(header.Name, Encoding.UTF8.GetBytes(header.Value)))]), TimeBounds.None);

    private static InputRecord Record(byte[] value, ImmutableArray<RecordHeader> headers) => new(0, 0, 1, default, headers.IsEmpty ? default : headers, value);

    private static string? Text(JsonElement given, string name) => given.GetProperty(name).GetString();

    private sealed class Recording : IRecordDecoder, IDecodedEvent
    {
        public string Given { get; private set; } = "";

        public ReadOnlyMemory<byte> Buried { get; private set; }

        public IDecodedEvent Event => this;

        public string Type => "";

        public string District => "";

        public long TimeTicks => 0;

        public UInt128 Key => 7;

        public ulong PayloadHash => 0;

        public UInt128? ObservationKey => null;

        public EventRecord Keep() => throw new NotSupportedException();

        public Rejection? Decode(in InputRecord record, TimeBounds bounds)
        {
            Given = Encoding.UTF8.GetString(record.Value.Span);
            return null;
        }

        public CommandReading DecodeCommand(in InputRecord record, TimeBounds bounds)
        {
            Given = Encoding.UTF8.GetString(record.Value.Span);
            return CommandReading.Rejected(new Rejection(RejectionCodes.InvalidJson, "recorded"));
        }

        public Output Forward(in InputRecord record, string topic, string district) => new(OutputKind.Rekeyed, topic, district, record.Value);

        public Output DeadLetter(in InputRecord record, Rejection rejection)
        {
            Buried = record.Value;
            return new Output(OutputKind.DeadLetter, "", "", record.Value);
        }
    }
}
