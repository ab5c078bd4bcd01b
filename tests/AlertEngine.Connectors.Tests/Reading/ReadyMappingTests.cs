using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
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

    private static async Task<List<InputRecord>> Records(string mapping, string file)
    {
        MappingFileReading reading = MappingFile.Read(Repository.File("connectors", "mappings", $"{mapping}.mapping.yaml"), Path.GetDirectoryName(file)!);
        Assert.Equal([], reading.Diagnostics.Select(finding => finding.ToString()));
        Assert.Equal([], reading.Faults);
        await using var port = new FileInputPort([new FileSource(file, mapping, reading.Mapping!.ForFile, reading.Hash)], new FileInputOptions());
        await port.SeekAsync([IInputPort.Earliest], TestContext.Current.CancellationToken);
        List<InputRecord> records = [];
        for (int calls = 0; calls < 1_000; calls++)
        {
            InputFetch fetch = await port.FetchAsync(5_000, [0], TestContext.Current.CancellationToken);
            records.AddRange(fetch.Records);
            if (fetch.AtEnd is [0])
                break;
        }

        Assert.Equal([], records.SelectMany(record => record.Headers).Where(header => header.Name == ReaderHeaders.RejectionMessage).Select(header => Encoding.UTF8.GetString(header.Value.Span)));
        return records;
    }

    private static string Text(JsonElement @event, string attribute) => @event.GetProperty(attribute).GetString()!;

    private static double? Member(JsonElement @event, string name) => @event.GetProperty("data").TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;

    private static double? Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double number) ? number : null;
}
