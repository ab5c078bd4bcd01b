using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ingest.Json;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

/// <summary>
/// Goal: whatever bytes come, the decoder answers and never throws, and its scanner is of one mind with System.Text.Json about what is JSON.
/// Method: good events are damaged at seeded random places, by bytes and by whole tokens.
/// </summary>
public sealed class DecoderFuzzTests
{
    private const int Rounds = 40_000;
    private static readonly string[] Tokens =
        ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00", "\\ud83d\\ude00", "1e999", "-", "0", "null", "true", "1.5e3", " ", "\n", "\"id\":", "\"data\":", "\u0001", "水", "\"a\"", "[[", "{\"a\":"];

    [Fact]
    public void Damaged_events_never_make_the_decoder_throw()
    {
        EventDecoder decoder = Harbour.Decoder();
        var random = new Random(20260701);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            if (decoder.Decode(Damaged(random), TimeBounds.None) is not { } rejection)
                accepted++;
            else
                Assert.NotEmpty(rejection.Message);
        }

        Assert.InRange(accepted, 100, Rounds - 100);
    }

    [Fact]
    public void The_scanner_and_the_standard_reader_agree_on_what_is_json()
    {
        var random = new Random(20260702);
        var names = new MemberNames();
        int agreed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] value = Damaged(random);
            if (!Utf8.IsValid(value))
                continue;
            JsonFault fault = Scan(value, names);
            if (fault is JsonFault.DuplicateMember or JsonFault.NumberNotFinite or JsonFault.UnpairedSurrogate)
                continue;
            Assert.True(IsJson(value) == (fault == JsonFault.None), $"{fault}: {Encoding.UTF8.GetString(value)}");
            agreed += fault == JsonFault.None ? 1 : 0;
        }

        Assert.True(agreed > 100);
    }

    [Fact]
    public void Numbers_are_read_as_the_standard_library_reads_them()
    {
        var random = new Random(20260703);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] text = Encoding.ASCII.GetBytes(RandomNumber(random));
            JsonNumber number = JsonNumber.Scan(text);
            Assert.Equal(text.Length, number.Length);
            Assert.Equal(double.Parse(text), number.ToDouble());
        }
    }

    private static string RandomNumber(Random random)
    {
        string digits(int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => (char)('0' + random.Next(10))));
        string integer = random.Next(4) == 0 ? "0" : random.Next(1, 10) + digits(random.Next(2, 24));
        string fraction = random.Next(2) == 0 ? "" : "." + digits(random.Next(2, 24));
        string exponent = random.Next(3) > 0 ? "" : (random.Next(2) == 0 ? "e" : "E+") + random.Next(0, 40);
        return (random.Next(2) == 0 ? "-" : "") + integer + fraction + exponent;
    }

    private static JsonFault Scan(byte[] value, MemberNames names)
    {
        var json = new JsonScanner(value, names, 64);
        if (json.SkipValue())
            json.AtEnd();
        return json.Fault;
    }

    private static bool IsJson(byte[] value)
    {
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = 64 });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Damaged(Random random)
    {
        List<byte> bytes = [.. Harbour.Event("""{"level_m":3.25,"quality":"水\n","raw":{"values":[1,2.5e1,{"a":[]}]},"status":"test","location":{"type":"Point","coordinates":[0.5,0.5]}}""")];
        for (int damages = random.Next(4); damages > 0; damages--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 6), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                default:
                    bytes[at] = (byte)random.Next(' ', 127);
                    break;
            }
        }

        return [.. bytes];
    }
}
