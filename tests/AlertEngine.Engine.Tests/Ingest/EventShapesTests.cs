using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ingest.Shapes;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

/// <summary>
/// Goal: an event that is read by a known shape is the event that the plain decoder reads. Method: a decoder that has learned many shapes and
/// one that knows none get the same bytes, good and damaged; what they answer is compared to the last slot.
/// </summary>
public sealed class EventShapesTests
{
    private const int Rounds = 30_000;

    private static readonly IngestOptions Small = new() { InternedTexts = 64, MaxAttributeBytes = 40 };

    private static readonly string[] Data =
    [
        """{"level_m":3.25,"quality":"ok","raw":{"values":[1,2.5e1,{"a":[]}]},"location":{"type":"Point","coordinates":[0.5,0.5]}}""",
        """{"level_m":-1,"samples":3,"count":7,"ok":true,"unread":"x","other":{"fw":"2.1","n":[1,2,3]},"status":"test"}""",
        """{"samples":3.0,"ok":false,"secret":null,"location":{"type":"Point","coordinates":[118.7,32.1,5],"crs":"gcj02"}}""",
        """{"location":{"street":"A001"},"quality":"水位 高","deep":1,"status":"Exercise"}""", """{ "level_m" : 1e2 , "measured":"2026-07-01T08:00:00Z"}""", """[1,"a",null]""", "3.5", "\"text\"", "null", "{}", "",
    ];

    private static readonly string[] Values =
        ["1", "-0.5", "1e999", "3.5", "99999999999999999999", "true", "false", "null", "\"a\"", "\"\"", "\"\\n\"", "{}", "[]", "01", "\"水\"", "\"2026-13-01T00:00:00Z\"", "\"2026-07-01T08:00:00\"", "\"0123456789012345678901234567890123456789x\"", "[1,2]", "91", "\"gcj02\"", "\"test\""];

    [Fact]
    public void A_known_shape_gives_what_the_plain_decoder_gives()
    {
        var random = new Random(20261123);
        EventDecoder learned = Harbour.Decoder(options: Small);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] value = Some(random);
            EventDecoder plain = Harbour.Decoder(options: Small);
            Assert.Equal(Told(plain, value), Told(learned, value));
            Assert.Equal(0, plain.KnownShapes);
        }

        Assert.InRange(learned.KnownShapes, Rounds / 6, Rounds);
    }

    [Fact]
    public void The_second_event_of_a_shape_is_known()
    {
        EventDecoder decoder = Harbour.Decoder();
        Assert.Null(decoder.Decode(Harbour.Event("""{"level_m":3.5,"quality":"ok"}"""), TimeBounds.None));
        Assert.Equal(0, decoder.KnownShapes);
        Assert.Null(decoder.Decode(Harbour.Event("""{"level_m":-12.75e1,"quality":"turbid"}""", with: ("id", "\"another\"")), TimeBounds.None));
        Assert.Equal(1, decoder.KnownShapes);
        Assert.Equal("another", decoder.Event.Id);
        Assert.Equal(-127.5, decoder.Event.Slots[EventSlots.FirstField].AsDouble);
    }

    [Fact]
    public void A_shape_of_another_type_is_not_this_types_shape()
    {
        EventDecoder decoder = Harbour.Decoder();
        Assert.Null(decoder.Decode(Harbour.Event("""{"level_m":"high"}""", with: ("type", "\"undeclared\"")), TimeBounds.None));
        Assert.Equal("data.level_m of water.level is a text, but double is declared", decoder.Decode(Harbour.Event("""{"level_m":"high"}"""), TimeBounds.None)?.Message);
    }

    [Fact]
    public void A_flood_of_shapes_is_forgotten_and_the_next_ones_are_learned_again()
    {
        EventDecoder decoder = Harbour.Decoder(options: Small);
        for (int number = 0; number < 2_000; number++)
            decoder.Decode(Harbour.Event($$"""{"n{{number}}":1}"""), TimeBounds.None);
        Assert.Equal(0, KnownOfTwo(decoder));
        int junk = 0;
        while (KnownOfTwo(decoder) == 0 && junk < 200_000)
            decoder.Decode(Harbour.Event($$"""{"n{{junk++}}":1}"""), TimeBounds.None);
        Assert.InRange(junk, 10_000, 199_999);
    }

    private static long KnownOfTwo(EventDecoder decoder)
    {
        long before = decoder.KnownShapes;
        decoder.Decode(Harbour.Event(), TimeBounds.None);
        decoder.Decode(Harbour.Event(), TimeBounds.None);
        return decoder.KnownShapes - before;
    }

    private static byte[] Some(Random random)
    {
        string data = Data[random.Next(Data.Length)];
        var with = new List<(string, string)> { ("id", $"\"e{random.Next(1_000)}\"") };
        if (random.Next(3) == 0)
            with.Add((new[] { "type", "subject", "street", "grid", "expirytime", "observationkey", "extension", "time", "district", "specversion" }[random.Next(10)], Values[random.Next(Values.Length)]));
        string text = Encoding.UTF8.GetString(Harbour.Event(data, random.Next(20) == 0 ? "district" : null, [.. with]));
        if (random.Next(3) == 0)
            text = WithAnotherValue(text, random);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(4) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(random.Next(2) == 0 ? 256 : 128);
        return bytes;
    }

    // What stands behind some colon, up to the next comma or bracket, becomes another value.
    private static string WithAnotherValue(string text, Random random)
    {
        int[] colons = [.. Enumerable.Range(0, text.Length).Where(at => text[at] == ':')];
        int from = colons[random.Next(colons.Length)] + 1;
        int until = text.IndexOfAny([',', '}', ']'], from);
        return text[..from] + Values[random.Next(Values.Length)] + text[until..];
    }

    private static string Told(EventDecoder decoder, byte[] value)
    {
        if (decoder.Decode(value, TimeBounds.None) is { } rejection)
            return $"{rejection.Code}: {rejection.Message}";
        DecodedEvent told = decoder.Event;
        EventRecord kept = told.Keep();
        string slots = string.Join(' ', kept.Slots.Select(slot => $"{slot}"));
        return $"{told.Type} {told.Key} {told.PayloadHash} {told.TimeTicks} {told.District} {told.DistrictBy} {told.Street} {told.Grid} {told.Status} {told.Location} {told.Position} {told.ObservationKey} {told.IsDistrictDoubtful} | {slots}";
    }
}
