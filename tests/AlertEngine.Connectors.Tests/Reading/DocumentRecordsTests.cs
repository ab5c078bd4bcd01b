using System.Text;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Files.Mappings;
using Xunit;

namespace AlertEngine.Connectors.Tests.Reading;

/// <summary>Goal: what documents become before they are mapped. Method: a mapping that hands rows on as they come.</summary>
public sealed class DocumentRecordsTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Each_innermost_element_is_a_row_with_those_around_it() => Assert.Equal(
        [
            """{"a":{"id":"1"},"b":{"t":"x"},"c":"p"}""",
            """{"a":{"id":"1"},"b":{"t":"x"},"c":"q"}""",
            """{"a":{"id":"1"},"b":{"t":"y"}}""",
            """{"a":{"id":"2"}}""",
        ],
        Values(await ReadAsync("<n:r xmlns:n='u'><n:a><n:id>1</n:id><n:b><n:t>x</n:t><n:c>p</n:c><n:c>q</n:c></n:b><n:b><n:t>y</n:t></n:b></n:a>\r\n<n:a><n:id>2</n:id></n:a></n:r>", Xml("a", "b", "c"))));

    [Fact]
    public async Task Elements_of_one_name_are_a_list_and_attributes_begin_with_an_at() => Assert.Equal(
        ["""{"a":{"@k":"v","#text":"t","e":["1","2"],"f":""}}"""],
        Values(await ReadAsync("<a k='v'>t<e>1</e><e>2</e><f/></a>", Xml("a"))));

    [Fact]
    public async Task A_record_is_found_again_at_its_offset_in_bytes()
    {
        const string Text = "<r>\n<a>水位</a>\r\n<a>2</a>\r<a>3</a></r>";
        List<InputRecord> all = await ReadAsync(Text, Xml("a"));
        Assert.Equal(["<a>水位</a>", "<a>2</a>", "<a>3</a>"], all.Select(record => Encoding.UTF8.GetString(record.Headers[0].Value.Span)));
        Assert.All(all, record => Assert.Equal((byte)'<', Encoding.UTF8.GetBytes(Text)[record.Offset]));
        Assert.Equal(["""{"a":"2"}""", """{"a":"3"}"""], Values(await ReadAsync(Text, Xml("a"), all[1].Offset)));
        Assert.Equal(["""{"a":"3"}"""], Values(await ReadAsync(Text, Xml("a"), all[1].NextOffset)));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "a document type is not admitted")]
    [InlineData("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "a document type is not admitted")]
    [InlineData("<a>&other;</a>", "line 1, column 5: Reference to undeclared entity 'other'.")]
    [InlineData("<a><b></a>", "line 1, column 9: The 'b' start tag on line 1 position 5 does not match the end tag of 'a'.")]
    public async Task Hostile_and_malformed_documents_are_refused(string text, string message) =>
        Assert.Equal(message, Refusal(Assert.Single(await ReadAsync(text, Xml("a")))));

    [Fact]
    public async Task What_came_before_the_fault_counts()
    {
        List<InputRecord> all = await ReadAsync("<r><a>1</a><a>2</b></r>", Xml("a"));
        Assert.Equal("""{"a":"1"}""", Encoding.UTF8.GetString(all[0].Value.Span));
        Assert.Equal("<a>2</b></r>", Encoding.UTF8.GetString(all[1].Value.Span));
        Assert.Equal(2, all.Count);
    }

    [Fact]
    public async Task Depth_has_a_limit() => Assert.Equal(
        "elements are nested deeper than the admitted 32",
        Refusal(Assert.Single(await ReadAsync(string.Concat(Enumerable.Repeat("<a>", 40)) + string.Concat(Enumerable.Repeat("</a>", 40)), Xml("a")))));

    [Fact]
    public async Task Size_has_a_limit() => Assert.Equal(
        "the document has more than the admitted 8 bytes",
        Refusal(Assert.Single(await ReadAsync("<a>12345</a>", Xml("a"), options: new FileInputOptions { MaxDocumentBytes = 8 }))));

    [Fact]
    public async Task Items_and_members_of_json_are_rows()
    {
        Assert.Equal(["""{"x":1}""", "2"], Values(await ReadAsync("""{"r":[{"x":1},2]}""", Json("r"))));
        Assert.Equal(["""{"key":"a","value":1}"""], Values(await ReadAsync("""{"a":1}""", Json())));
        Assert.Equal("the document has no records at /r", Refusal(Assert.Single(await ReadAsync("{}", Json("r")))));
        Assert.Equal("line 2: the document is no JSON", Refusal(Assert.Single(await ReadAsync("[1,\n!]", Json()))));
    }

    [Theory]
    [InlineData("1\n00:00:01,500 --> 00:00:02,000\n<font size=\"28\">FrameCnt: 1\n2021-12-25 12:27:52.373\n[iso: 220] [latitude: 3.41531] [longitude: -3.37440] [rel_alt: -2.400 abs_alt: 0.401] </font>",
        """{"file":"f","cue":1,"at":"2021-12-25T12:27:52.373","start_ms":1500,"latitude":3.41531,"longitude":-3.3744,"height_m":-2.4,"altitude_m":0.401}""")]
    [InlineData("5\n00:00:00,160 --> 00:00:00,200\n2020-08-12 08:55:21,905,078\n[latitude : -34.869945] [longtitude : -57.823383] [altitude: 74.725998]",
        """{"file":"f","cue":5,"at":"2020-08-12T08:55:21.905","start_ms":160,"latitude":-34.869945,"longitude":-57.823383,"altitude_m":74.725998}""")]
    [InlineData("1\r\n00:00:00,000 --> 00:00:01,000\r\n2022.06.21 16:06:17\r\nGPS(36.6146,-6.1120,0.0M) BAROMETER:0.3M",
        """{"file":"f","cue":1,"at":"2022-06-21T16:06:17","start_ms":0,"latitude":36.6146,"longitude":-6.112,"height_m":0.3}""")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\nHOME(149.0251,-20.2532) 2017.8.5 4:11:51\nGPS(149.0251,-20.2533,16) Hb:1.9 Hs:1.9",
        """{"file":"f","cue":1,"at":"2017-08-05T04:11:51","start_ms":1000,"latitude":-20.2533,"longitude":149.0251,"height_m":1.9}""")]
    [InlineData("1\n2017.08.05 14:11:51,393,525,393,525\n[latitude : -20.2533] [longtitude : 149.0251]",
        """{"file":"f","cue":1,"at":"2017-08-05T14:11:51.393","latitude":-20.2533,"longitude":149.0251}""")]
    [InlineData("1\n00:15:04,904 --> 00:15:05,905\nF/5.6, SS 400, ISO 100, EV +0.7, GPS (-59.409424, -34.650200, 16), HOME (-59.407880, -34.650736, 7.60m), D 153.32m, H 17.39m, H.S 1.84m/s",
        """{"file":"f","cue":1,"start_ms":904904,"latitude":-34.6502,"longitude":-59.409424,"height_m":17.39}""")]
    public async Task Each_dialect_of_flight_logs_is_read(string cue, string json) => Assert.Equal([json], Values(await ReadAsync(cue, Srt)));

    [Theory]
    [InlineData("1", "cue 1: there is no position in it")]
    [InlineData("one\n[latitude: 1]", "a cue begins with its number")]
    [InlineData("6\n[latitude : -34.869941] [lo", "cue 6: there is no position in it")]
    [InlineData("7\nGPS(N/A,N/A,3)", "cue 7: the position N/A, N/A is none")]
    [InlineData("8\nGPS(200.1,10.0,3)", "cue 8: the position 10.0, 200.1 is none")]
    [InlineData("9\nGPS(0.0,0.0,0)", "cue 9: the receiver had no fix")]
    public async Task A_broken_cue_is_refused_and_the_next_one_counts(string cue, string message)
    {
        List<InputRecord> all = await ReadAsync(cue + "\n\n10\nGPS(118.1,32.1,9)\n", Srt);
        Assert.Equal(message, Refusal(all[0]));
        Assert.Equal(["""{"file":"f","cue":10,"latitude":32.1,"longitude":118.1}"""], Values(all[1..]));
    }

    private static RowFormat Srt { get; } = new(RowFormatKind.Subtitles, "utf-8", []);

    private static RowFormat Xml(params string[] records) => new(RowFormatKind.Xml, "utf-8", [.. records]);

    private static RowFormat Json(params string[] records) => new(RowFormatKind.Json, "utf-8", [.. records]);

    private static IEnumerable<string> Values(IEnumerable<InputRecord> records) => records.Select(record => Encoding.UTF8.GetString(record.Value.Span));

    private static string Refusal(InputRecord record) =>
        Encoding.UTF8.GetString(record.Headers.Single(header => header.Name == ReaderHeaders.RejectionMessage).Value.Span);

    private async Task<List<InputRecord>> ReadAsync(string text, RowFormat format, long from = IInputPort.Earliest, FileInputOptions? options = null)
    {
        await File.WriteAllTextAsync(_path, text, TestContext.Current.CancellationToken);
        await using var port = new FileInputPort([new FileSource(_path, "f.x", () => new AsItIs(format))], options ?? new FileInputOptions());
        await port.SeekAsync([from], TestContext.Current.CancellationToken);
        List<InputRecord> all = [];
        while (true)
        {
            InputFetch fetch = await port.FetchAsync(2, [0], TestContext.Current.CancellationToken);
            all.AddRange(fetch.Records);
            if (fetch.AtEnd is [0])
                return all;
        }
    }

    private sealed class AsItIs(RowFormat format) : IRowMapping
    {
        public RowFormat Format => format;

        public Rejection? ReadHeader(ReadOnlySpan<byte> header) => null;

        public MappedRow Map(ReadOnlySpan<byte> row) => new(row.ToArray(), null);
    }
}
