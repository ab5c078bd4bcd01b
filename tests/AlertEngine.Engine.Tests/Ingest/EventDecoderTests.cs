using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

/// <summary>What is read from a good event.</summary>
public sealed class EventDecoderTests
{
    private readonly EventDecoder _decoder = Harbour.Decoder();

    [Fact]
    public void Attributes_and_declared_fields_go_to_their_slots()
    {
        EventRecord kept = Kept(Harbour.Event("""{"level_m":3.25,"samples":4,"count":5,"ok":true,"quality":"good","measured":"2026-07-01T00:00:00Z","else":[1,{"a":null}]}""",
            with: [("street", "\"A001\""), ("grid", "\"G7\"")]));

        Assert.Equal(("e1", "/hydro", "water.level", "WL-017", "A", "A001", "G7"), (kept.Id, kept.Source, kept.Type, kept.Device, kept.District, kept.Street, kept.Grid));
        Assert.Equal(Instant.FromUtc(2026, 7, 1, 0, 0), kept.Time);
        Assert.Equal(3.25, Slot(kept, "level_m").AsDouble);
        Assert.Equal(4, Slot(kept, "samples").AsInt);
        Assert.True(Slot(kept, "ok").AsBool);
        Assert.Equal("good", Slot(kept, "quality").AsString);
    }

    [Fact]
    public void The_slots_are_the_same_when_the_type_comes_after_the_data()
    {
        byte[] late = Encoding.UTF8.GetBytes("""{"data":{"level_m":3.25,"location":{"type":"Point","coordinates":[0.5,0.5]}},"specversion":"1.0","id":"e1","source":"/hydro","subject":"WL-017","time":"2026-07-01T08:00:00+08:00","type":"water.level"}""");
        EventRecord kept = Kept(late);
        Assert.Equal(3.25, Slot(kept, "level_m").AsDouble);
        Assert.Equal("A", kept.District);
    }

    [Theory]
    [InlineData("""{"level_m":null}""")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    public void A_field_that_is_null_or_absent_is_missing(string data) =>
        Assert.False(Slot(Kept(Harbour.Event(data)), "level_m").IsPresent);

    [Fact]
    public void A_field_of_the_event_before_is_not_left_over()
    {
        Kept(Harbour.Event("""{"level_m":3.25,"quality":"good"}"""));
        Assert.False(Slot(Kept(Harbour.Event("{}")), "quality").IsPresent);
    }

    [Theory]
    [InlineData("3", 3)]
    [InlineData("3.0", 3)]
    [InlineData("30e-1", 3)]
    [InlineData("1e3", 1000)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void An_integral_number_is_an_int_however_it_is_written(string json, long expected) =>
        Assert.Equal(expected, Slot(Kept(Harbour.Event($$"""{"samples":{{json}}}""")), "samples").AsInt);

    [Theory]
    [InlineData("3")]
    [InlineData("-0.0")]
    [InlineData("0.1")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("9007199254740993")]
    [InlineData("1e-400")]
    [InlineData("4.35")]
    public void A_double_is_the_nearest_one(string json) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(json, System.Globalization.CultureInfo.InvariantCulture)),
            BitConverter.DoubleToInt64Bits(Slot(Kept(Harbour.Event($$"""{"level_m":{{json}}}""")), "level_m").AsDouble));

    [Fact]
    public void A_path_leads_through_objects_and_arrays() =>
        Assert.Equal(2.5, Slot(Kept(Harbour.Event("""{"raw":{"values":[1,2.5]}}""")), "deep").AsDouble);

    [Fact]
    public void A_field_that_no_rule_reads_is_checked_and_left_out()
    {
        Assert.False(Slot(Kept(Harbour.Event("""{"unread":"x"}""")), "unread").IsPresent);
        Assert.Equal(RejectionCodes.InvalidField, _decoder.Decode(Harbour.Event("""{"unread":1}"""), TimeBounds.None)?.Code);
    }

    [Fact]
    public void A_duration_is_written_as_rule_files_write_it()
    {
        Assert.Equal(Duration.FromMinutes(65), Slot(Kept(Harbour.Event("""{"open_for":"1h5m"}""")), "open_for").AsDuration);
        Assert.Equal("data.open_for of water.level is not a duration such as 10m", _decoder.Decode(Harbour.Event("""{"open_for":"soon"}"""), TimeBounds.None)?.Message);
    }

    [Fact]
    public void Escapes_are_read_as_what_they_stand_for()
    {
        EventRecord kept = Kept(Harbour.Event("""{"quali\u0074y":"\u6c34\uD83D\uDE00\n"}""", with: [("id", "\"e\\u0031\"")]));
        Assert.Equal("水😀\n", Slot(kept, "quality").AsString);
        Assert.Equal("e1", kept.Id);
    }

    [Fact]
    public void A_type_that_nobody_declared_is_an_event_with_the_slots_of_every_event()
    {
        EventRecord kept = Kept(Harbour.Event("""{"level_m":"whatever"}""", with: [("type", "\"never.heard.of\"")]));
        Assert.Equal("never.heard.of", kept.Type);
        Assert.Equal(EventSlots.FirstField, kept.Slots.Length);
    }

    [Theory]
    [InlineData("\"exercise\"", EventStatus.Exercise)]
    [InlineData("\"Exercise\"", EventStatus.Exercise)]
    [InlineData("\"test\"", EventStatus.Test)]
    [InlineData("\"actual\"", EventStatus.Actual)]
    [InlineData("null", EventStatus.Actual)]
    public void Status_is_one_of_caps_three_words(string json, EventStatus expected) =>
        Assert.Equal(expected, Kept(Harbour.Event($$"""{"status":{{json}}}""")).Status);

    [Fact]
    public void The_same_event_sent_again_has_the_same_hashes_and_a_conflict_another()
    {
        Kept(Harbour.Event());
        (UInt128 key, ulong payload) = (_decoder.Event.Key, _decoder.Event.PayloadHash);
        Kept(Harbour.Event(with: [("grid", "\"other\"")]));
        Assert.Equal((key, payload), (_decoder.Event.Key, _decoder.Event.PayloadHash));
        Kept(Harbour.Event("""{"level_m":3.6}"""));
        Assert.Equal(key, _decoder.Event.Key);
        Assert.NotEqual(payload, _decoder.Event.PayloadHash);
    }

    [Fact]
    public void Source_and_id_are_told_apart_where_they_meet()
    {
        Kept(Harbour.Event(with: [("source", "\"ab\""), ("id", "\"c\"")]));
        UInt128 key = _decoder.Event.Key;
        Kept(Harbour.Event(with: [("source", "\"a\""), ("id", "\"bc\"")]));
        Assert.NotEqual(key, _decoder.Event.Key);
    }

    [Fact]
    public void An_event_whose_names_were_met_before_allocates_nothing_until_it_is_kept()
    {
        byte[] value = Harbour.Event("""{"level_m":3.5,"quality":"good","location":{"type":"Point","coordinates":[0.5,0.5]}}""");
        for (int i = 0; i < 3; i++)
            _decoder.Decode(value, TimeBounds.None);
        // Names are interned for the whole process: what other tests bring in meanwhile may grow the table in this one's hands once.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => AllocatedBy(value)));
    }

    private long AllocatedBy(byte[] value)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            _decoder.Decode(value, TimeBounds.None);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void A_kept_event_does_not_change_with_the_next()
    {
        EventRecord first = Kept(Harbour.Event("""{"level_m":1.0}"""));
        Kept(Harbour.Event("""{"level_m":2.0}""", with: [("id", "\"e2\"")]));
        Assert.Equal(("e1", 1.0), (first.Id, Slot(first, "level_m").AsDouble));
    }

    private EventRecord Kept(byte[] value)
    {
        Assert.Null(_decoder.Decode(value, TimeBounds.None));
        return _decoder.Event.Keep();
    }

    private static CelValue Slot(EventRecord kept, string field) => kept.Slots[kept.Layout.Record.Find(field)!.Slot];
}
