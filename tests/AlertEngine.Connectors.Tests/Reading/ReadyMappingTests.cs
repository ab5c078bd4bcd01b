using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Connectors.Tests.Reading;

/// <summary>
/// Goal: the ready mappings give what the raw files hold. Method: the files are read a second time here, line by line and by hand, and
/// every event is compared.
/// </summary>
public sealed class ReadyMappingTests
{
    [Fact]
    public async Task Every_reading_of_the_yangtze_is_an_event()
    {
        string file = SharedData.File("yangtze-flood-2020", "waterLevel.gb18030.csv");
        string[] rows = File.ReadAllLines(SharedData.File("yangtze-flood-2020", "waterLevel.utf8.csv"))[1..];
        List<JsonElement> events = await Events("yangtze-flood-2020", file);

        Assert.Equal(rows.Length, events.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            string[] row = rows[i].Split(',');
            DateTimeOffset at = DateTime.ParseExact(row[2], "dd-MM-yyyy HH:mm:ss", CultureInfo.InvariantCulture);
            Assert.Equal(("water.level", row[0], row[1]), (Text(events[i], "type"), Text(events[i], "subject"), Text(events[i], "district")));
            Assert.Equal(new DateTimeOffset(at.DateTime, TimeSpan.FromHours(8)), events[i].GetProperty("time").GetDateTimeOffset());
            Assert.Equal(Number(row[3]), Member(events[i], "level_m"));
            Assert.Equal(Number(row[4]), Member(events[i], "flow_m3s"));
        }
    }

    [Fact]
    public async Task Every_report_of_aarhus_is_an_event_in_its_postal_code()
    {
        string file = SharedData.File("aarhus-2014", "traffic_20140829_20140904.csv");
        string[] rows = File.ReadAllLines(file)[1..];
        using JsonDocument points = JsonDocument.Parse(File.ReadAllBytes(SharedData.File("aarhus-2014", "aarhus-traffic-points.ckan.json")));
        Dictionary<string, string> postal = points.RootElement.GetProperty("result").GetProperty("records").EnumerateArray()
            .ToDictionary(record => record.GetProperty("REPORT_ID").ToString(), record => record.GetProperty("POINT_1_POSTAL_CODE").ToString());
        List<JsonElement> events = await Events("aarhus-2014", file);

        Assert.Equal(110_611, events.Count);
        for (int i = 0; i < rows.Length; i++)
        {
            string[] row = rows[i].Split(',');
            Assert.Equal((row[0], postal[row[0]]), (Text(events[i], "subject"), Text(events[i], "district")));
            Assert.Equal(DateTimeOffset.Parse(row[1] + "+02:00", CultureInfo.InvariantCulture), events[i].GetProperty("time").GetDateTimeOffset());
            Assert.Equal((Number(row[2]), Number(row[3]), Number(row[4])), (Member(events[i], "speed_kmh"), Member(events[i], "vehicles"), Member(events[i], "measured_s")));
        }

        Assert.Equal(12, events.Select(@event => Text(@event, "district")).Distinct().Count());
    }

    [Fact]
    public async Task The_air_of_nanjing_polled_again_counts_once_in_the_district_of_its_station()
    {
        string file = SharedData.File("nanjing-air-2019", "cnemc_nanjing_polls.csv");
        string outlineFile = SharedData.File("nanjing-districts", "320100_full.geojson");
        DistrictOutlines outlines = DistrictOutlineReader.Read(new PolygonSource(outlineFile, true, "properties.adcode")).Outlines!;
        RuleSet rules = Undeclared();
        var decoder = new EventDecoder(rules, new DistrictResolver(rules, outlines), new IngestOptions());
        var window = new EventWindow(new WindowOptions());
        List<(string Station, string District)> counted = [];
        foreach (InputRecord record in await Records("nanjing-air-2019", file))
        {
            Assert.Null(decoder.Decode(record.Value.Span, TimeBounds.None));
            Assert.Equal(DistrictBy.Polygon, decoder.Event.DistrictBy);
            var at = new Coordinate(record.Input, record.Offset);
            Assert.Equal(WindowVerdict.New, window.Admit(decoder.Event.Key, decoder.Event.PayloadHash, at));
            if (window.Admit(decoder.Event.ObservationKey!.Value, 0, at) == WindowVerdict.New)
                counted.Add((decoder.Event.Device, decoder.Event.District));
        }

        string[][] rows = [.. File.ReadAllLines(file)[1..].Select(row => row.Split(','))];
        Assert.Equal(rows.DistinctBy(row => (row[1], row[2])).Count(), counted.Count);
        Assert.Equal(45, rows.Where(row => row[0].StartsWith("20190718", StringComparison.Ordinal)).DistinctBy(row => (row[1], row[2])).Count());
        Assert.Contains(("1151A", "320113"), counted);
        Assert.Contains(("1156A", "320102"), counted);
    }

    [Fact]
    public async Task A_marker_for_a_missing_value_leaves_the_member_out()
    {
        string file = SharedData.File("nanjing-air-2019", "cnemc_nanjing_polls.csv");
        JsonElement marked = (await Events("nanjing-air-2019", file)).First(@event => Text(@event, "id") == "1156A/2019-07-18T07:00:00Z/201907181426");
        Assert.Null(Member(marked, "so2"));
        Assert.Equal(60, Member(marked, "pm10"));
    }

    [Fact]
    public async Task Every_warning_of_the_feed_is_an_event()
    {
        string file = SharedData.File("nws-cap-2018", "nws_atom_feed_example.xml");
        XElement[] entries = [.. XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "entry")];
        List<JsonElement> events = await Events("nws-cap-2018", file);

        Assert.Equal(163, events.Count);
        for (int i = 0; i < entries.Length; i++)
        {
            string Of(string name) => entries[i].Elements().Single(element => element.Name.LocalName == name).Value;
            Assert.Equal((Of("id"), Of("event"), Of("areaDesc")), (Text(events[i], "id"), Word(events[i], "kind"), Word(events[i], "area")));
            Assert.Equal(DateTimeOffset.Parse(Of("updated"), CultureInfo.InvariantCulture), events[i].GetProperty("time").GetDateTimeOffset());
            Assert.Equal(Of("severity") switch { "Extreme" => "red", "Severe" => "orange", "Moderate" => "yellow", _ => "blue" }, Word(events[i], "colour"));
        }
    }

    [Fact]
    public async Task The_first_language_of_a_warning_is_the_observation_and_its_area_without_our_codes_is_passed_over() =>
        Assert.Equal([], await Events("cap", SharedData.File("nws-cap-2018", "cap_amber_alert_example.xml")));

    [Fact]
    public async Task A_warning_is_an_event_for_each_district_and_its_update_and_cancellation_name_the_same_chain()
    {
        List<JsonElement> events = await Events("cap", Repository.File("tests", "AlertEngine.Connectors.Tests", "Reading", "cap", "rainstorm.xml"));

        Assert.Equal(
            ["alert 320115 orange", "alert 320100-JBXQ orange", "update 320115 red", "update 320100-JBXQ red", "cancel 320115 red", "alert 320115 yellow"],
            events.Select(@event => $"{Word(@event, "message")} {Text(@event, "district")} {Word(@event, "colour")}"));
        Assert.Equal(["NJ-2026-0701-01"], events.SkipLast(1).Select(@event => Word(@event, "chain")).Distinct());
        Assert.Equal("2026-07-01T16:00:00Z", Text(events[0], "expirytime"));
        Assert.Equal(["actual", "exercise"], events.Select(@event => Word(@event, "status")).Distinct());
    }

    [Theory]
    [InlineData("MAVIC3.srt", 12_318, 0)]
    [InlineData("air2s.srt", 17, 0)]
    [InlineData("broken_empty2.SRT", 0, 1)]
    [InlineData("broken_incomplete.SRT", 19, 1)]
    [InlineData("broken_incomplete2.SRT", 4, 2)]
    [InlineData("matrice_300.srt", 381, 0)]
    [InlineData("mavic_2_style.SRT", 468, 0)]
    [InlineData("mavic_air2.srt", 25, 0)]
    [InlineData("mavic_mini.SRT", 117, 0)]
    [InlineData("mavic_pro.SRT", 468, 0)]
    [InlineData("mavic_pro_buggy.SRT", 530, 16)]
    [InlineData("mix_p4rtk_mavic2pro.srt", 12, 0)]
    [InlineData("old_format.SRT", 468, 0)]
    [InlineData("p4_rtk.SRT", 55, 0)]
    public async Task Every_cue_of_a_flight_is_a_position_or_refused(string log, int positions, int refused)
    {
        List<InputRecord> records = await Records("dji-srt", SharedData.File("drone-dji-srt", log), isRefusalExpected: true);

        JsonElement[] events = [.. records.Where(record => record.Headers[0].Name == ReaderHeaders.Original).Select(record => JsonDocument.Parse(record.Value).RootElement)];
        Assert.Equal((positions, refused), (events.Length, records.Count - events.Length));
        Assert.All(events, @event => Assert.Equal("drone.position", Text(@event, "type")));
        Assert.All(events, @event => Assert.True(@event.TryGetProperty("time", out _) && @event.GetProperty("data").GetProperty("location").GetProperty("coordinates").GetArrayLength() == 2));
    }

    [Fact]
    public async Task Every_clip_of_the_road_is_an_event_of_a_camera()
    {
        string file = SharedData.File("cctv-dota", "dota_metadata_val.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        JsonProperty[] clips = [.. document.RootElement.EnumerateObject()];
        List<JsonElement> events = await Events("cctv-dota", file);

        Assert.Equal(1_402, events.Count);
        for (int i = 0; i < clips.Length; i++)
        {
            Assert.Equal(clips[i].Name, Text(events[i], "id"));
            Assert.EndsWith(": " + Word(events[i], "kind"), clips[i].Value.GetProperty("anomaly_class").GetString(), StringComparison.Ordinal);
            int lasting = clips[i].Value.GetProperty("anomaly_end").GetInt32() - clips[i].Value.GetProperty("anomaly_start").GetInt32();
            Assert.Equal(lasting / 10.0, Member(events[i], "lasting_s"));
        }

        Assert.Equal(12, events.Select(@event => Text(@event, "district")).Distinct().Count());
    }

    [Fact]
    public async Task Reports_of_residents_and_devices_of_elders_are_events()
    {
        string Own(string name) => Repository.File("tests", "AlertEngine.Connectors.Tests", "Reading", "people", name);
        Assert.Equal(
            """{"specversion":"1.0","id":"R-1/open","source":"/report/open311","type":"resident.report","subject":"report-flooding","time":"2026-07-01T10:05:00Z","data":{"request":"R-1","open":true,"code":"flooding","service":"积水","text":"地下车库进水","reporter_name":"王小明","reporter_phone":"13900000001","location":{"type":"Point","coordinates":[118.84,31.95]}}}""",
            (await Events("open311", Own("requests.json")))[0].GetRawText());
        Assert.Equal(
            [
                """{"specversion":"1.0","id":"m1","source":"/eldercare/platform","type":"eldercare.alarm","subject":"BR-1","district":"320106","time":"2026-07-01T00:00:00Z","data":{"alarm":{"type":"fall","confidence":0.9},"elder_name":"李秀英","elder_phone":"13900000002"}}""",
                """{"specversion":"1.0","id":"m3","source":"/eldercare/platform","type":"eldercare.vitals","subject":"BR-1","district":"320106","time":"2026-07-01T00:02:00Z","data":{"alarm":{"type":""},"heart_rate_bpm":71,"elder_name":"李秀英"}}""",
            ],
            (await Events("eldercare", Own("care.ndjson"))).Select(@event => @event.GetRawText()));
    }

    internal static RuleSet Undeclared() => new()
    {
        Hash = "h",
        Rules = [],
        Layouts = FrozenDictionary<string, EventLayout>.Empty,
        DeviceRecord = new CelRecordType("device", FrameRecords.Device, []),
        ContextRecord = new CelRecordType("ctx", FrameRecords.Context, []),
        City = CityModel.Open,
        Devices = FrozenDictionary<string, CelValue[]>.Empty,
    };

    private static async Task<List<JsonElement>> Events(string mapping, string file) =>
        [.. (await Records(mapping, file)).Select(record => JsonDocument.Parse(record.Value).RootElement)];

    private static async Task<List<InputRecord>> Records(string mapping, string file, bool isRefusalExpected = false)
    {
        MappingFileReading reading = MappingFile.Read(Repository.File("connectors", "mappings", $"{mapping}.mapping.yaml"), Path.GetDirectoryName(file)!);
        Assert.Equal([], reading.Diagnostics.Select(finding => finding.ToString()));
        Assert.Equal([], reading.Faults);
        await using var port = new FileInputPort([new FileSource(file, Path.GetFileName(file), reading.Mapping!.ForFile, reading.Hash)], new FileInputOptions());
        await port.SeekAsync([IInputPort.Earliest], TestContext.Current.CancellationToken);
        List<InputRecord> records = [];
        for (int calls = 0; calls < 1_000; calls++)
        {
            InputFetch fetch = await port.FetchAsync(5_000, [0], TestContext.Current.CancellationToken);
            records.AddRange(fetch.Records);
            if (fetch.AtEnd is [0])
                break;
        }

        if (!isRefusalExpected)
            Assert.Equal([], records.SelectMany(record => record.Headers).Where(header => header.Name == ReaderHeaders.RejectionMessage).Select(header => Encoding.UTF8.GetString(header.Value.Span)));
        return records;
    }

    private static string Text(JsonElement @event, string attribute) => @event.GetProperty(attribute).GetString()!;

    private static string Word(JsonElement @event, string name) => @event.GetProperty("data").GetProperty(name).GetString()!;

    private static double? Member(JsonElement @event, string name) => @event.GetProperty("data").TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;

    private static double? Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number : null;
}
