using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Mappings;
using Xunit;

namespace AlertEngine.Engine.Tests.Ingest;

/// <summary>What mapping files say, and what becomes of rows that do not fit.</summary>
public sealed class MappingTests
{
    private const string Csv = """
        alertengine: mapping/v1
        name: gauges
        zone: Asia/Shanghai
        missing: ['', '-']
        skip: row.level_m < -90.0
        row:
          station: { column: Station }
          at: { column: Date, type: time, format: dd-MM-yyyy HH:mm:ss }
          level_m: { column: Level, type: double }
          samples: { column: N, type: int }
        event:
          id: '{row.station}/{row.at}'
          source: /gauges
          type: water.level
          subject: '{row.station}'
          time: row.at
          district: A
          data:
            level_m: row.level_m
            level_cm: row.level_m * 100.0
            mean: row.level_m / double(row.samples)
            share: 100 / row.samples
        """;

    private const string Header = "Station,Date,Level,N";

    [Fact]
    public void A_row_becomes_an_event_with_its_members_always_in_the_same_order() => Assert.Equal(
        """{"specversion":"1.0","id":"S1/2020-06-23T03:00:00Z","source":"/gauges","type":"water.level","subject":"S1","district":"A","time":"2020-06-23T03:00:00Z","data":{"level_m":2.5,"level_cm":250,"mean":1.25,"share":50}}""",
        Map("S1,23-06-2020 11:00:00,2.5,2"));

    [Fact]
    public void What_needs_a_missing_value_is_left_out() => Assert.Equal(
        """{"specversion":"1.0","id":"S1/2020-06-23T03:00:00Z","source":"/gauges","type":"water.level","subject":"S1","district":"A","time":"2020-06-23T03:00:00Z","data":{"share":50}}""",
        Map("S1,23-06-2020 11:00:00, - ,2"));

    [Fact]
    public void Quotes_hold_delimiters_and_quotes() => Assert.Contains("\"subject\":\"S \\\"1\\\", west\"", Map("\"S \"\"1\"\", west\",23-06-2020 11:00:00,2.5,2"));

    [Fact]
    public void A_row_to_be_skipped_is_nothing() => Assert.Equal("", Map("S1,23-06-2020 11:00:00,-99,2"));

    [Theory]
    [InlineData("S1,06-23-2020 11:00:00,2.5,2", "row.at is no time")]
    [InlineData("S1,23-06-2020 11:00:00,high,2", "row.level_m is no double")]
    [InlineData("S1,23-06-2020 11:00:00,1e999,2", "row.level_m is no double")]
    [InlineData("S1,23-06-2020 11:00:00,2.5,2.5", "row.samples is no int")]
    [InlineData("S1,23-06-2020 11:00:00,2.5", "the row has 3 fields, the header 4")]
    [InlineData("\"S1,23-06-2020 11:00:00,2.5,2", "the row's quotes do not match")]
    [InlineData("S1,23-06-2020 11:00:00,2.5,0", "data.mean: a number that is not finite")]
    public void A_row_that_does_not_fit_is_refused_with_the_reason(string row, string message) =>
        Assert.Equal(new Rejection(RejectionCodes.MappingFailed, message), Mapping(Csv, Header).Map(Encoding.UTF8.GetBytes(row)).Rejection);

    [Fact]
    public void Bytes_of_another_character_set_are_refused() =>
        Assert.Equal("the row is not utf-8", Mapping(Csv, Header).Map([0xB4, 0xE7, 0xCC, 0xB2]).Rejection!.Message);

    [Fact]
    public void A_header_without_a_column_is_named() =>
        Assert.Equal("the header has no column 'Level'", Plan(Csv).ForFile().ReadHeader("Station,Date"u8)!.Message);

    [Fact]
    public void Lines_of_json_are_mapped_by_pointers_with_a_second_file()
    {
        const string Yaml = """
            alertengine: mapping/v1
            name: things
            format: ndjson
            row:
              thing: { pointer: /thing/id }
              at: { pointer: /t, type: time, format: epoch-ms }
              on: { pointer: /values/0, type: bool }
            lookups:
              place: { file: places.csv, key: { column: id }, by: row.thing, fields: { district: { column: d }, lon: { column: x, type: double }, lat: { column: y, type: double } } }
            event:
              source: /things
              type: thing.state
              subject: '{row.thing}'
              time: row.at
              district: '{place.district}'
              status: '{row.on ? "test" : "actual"}'
              location: { lon: place.lon, lat: place.lat, crs: gcj02 }
              observation: [row.at]
              data: { on: row.on }
            """;
        IRowMapping mapping = Plan(Yaml, ("places.csv", "id,d,x,y\n7,B,118.5,32.5\n")).ForFile();
        Assert.Equal(
            """{"specversion":"1.0","id":"ID","source":"/things","type":"thing.state","subject":"7","district":"B","time":"2026-07-01T00:00:00.5Z","observationkey":"2026-07-01T00:00:00.5Z","data":{"on":true,"status":"test","location":{"type":"Point","coordinates":[118.5,32.5],"crs":"gcj02"}}}""",
            System.Text.RegularExpressions.Regex.Replace(Text(mapping, """{"thing":{"id":7},"t":1782864000500,"values":[true]}"""), "[0-9a-f]{32}", "ID"));
        Assert.DoesNotContain("district", Text(mapping, """{"thing":{"id":8},"t":1782864000500,"values":[true]}"""));
        Assert.Equal("the row is no JSON", mapping.Map("{"u8).Rejection!.Message);
        Assert.Equal("a part of the observation's identity is missing", mapping.Map("{}"u8).Rejection!.Message);
    }

    [Fact]
    public void The_same_row_gives_the_same_id_and_another_row_another()
    {
        string yaml = Csv.Replace("  id: '{row.station}/{row.at}'\n", "", StringComparison.Ordinal);
        string Id(string row) => System.Text.Json.JsonDocument.Parse(Text(Mapping(yaml, Header), row)).RootElement.GetProperty("id").GetString()!;
        Assert.Equal(Id("S1,23-06-2020 11:00:00,2.5,2"), Id("S1,23-06-2020 11:00:00,2.5,2"));
        Assert.NotEqual(Id("S1,23-06-2020 11:00:00,2.5,2"), Id("S1,23-06-2020 11:00:00,2.6,2"));
    }

    [Theory]
    [InlineData("places.csv", "id,x,y\n", "places.csv: the header lacks 'd'")]
    [InlineData("places.csv", "id,d,x,y\n7,B,118.5\n", "places.csv: a record that does not fit: 7,B,118.5")]
    [InlineData("other.csv", "", "places.csv: the file cannot be read")]
    public void A_second_file_that_cannot_be_used_is_named(string name, string text, string fault)
    {
        string yaml = Csv.Replace("event:\n", "lookups:\n  place: { file: places.csv, key: { column: id }, by: row.station, fields: { d: { column: d } } }\nevent:\n", StringComparison.Ordinal);
        MappingPlan plan = MappingLoader.Load(new SourceFile("gauges.mapping.yaml", yaml)).Plan!;
        Assert.Null(EventMapping.Create(plan, file => file == name ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(text) : null, out ImmutableArray<string> faults));
        Assert.Equal([fault], faults);
    }

    [Theory]
    [InlineData("    level_cm: row.level_m * 100.0", "    level_cm: row.levle_m", "gauges.mapping.yaml:20:19 AE1023")]
    [InlineData("  time: row.at", "  time: row.station", "gauges.mapping.yaml:16:9 ")]
    [InlineData("column: Level", "colunm: Level", "gauges.mapping.yaml:9:14 AE2")]
    [InlineData("'{row.station}/{row.at}'", "'{row.station/'", "gauges.mapping.yaml:12:7 AE2142 模板错误 / a brace is not closed")]
    [InlineData("dd-MM-yyyy HH:mm:ss", "dd-MM-yyyy QQ", "gauges.mapping.yaml:8:43 AE2140 时间格式无效 / ")]
    [InlineData("zone: Asia/Shanghai", "zone: Asia/Nanjing", "gauges.mapping.yaml:3:7 AE2110 未知的时区 / no time zone 'Asia/Nanjing'")]
    [InlineData("name: gauges", "name: gauges\ncharset: utf-16", "gauges.mapping.yaml:3:10 AE2143 未知的字符集 / 'utf-16' is not a character set that can be read")]
    [InlineData("{ column: Station }", "{ pointer: /Station }", "gauges.mapping.yaml:7:12 AE2141 字段位置错误 / a field of CSV has a column, and no pointer")]
    [InlineData("mapping/v1", "mapping/v9", "gauges.mapping.yaml:1:14 ")]
    public void A_slip_in_a_mapping_is_shown_at_its_place(string right, string wrong, string expected)
    {
        MappingResult result = MappingLoader.Load(new SourceFile("gauges.mapping.yaml", Csv.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Null(result.Plan);
        Assert.StartsWith(expected, result.Diagnostics[0].ToString());
    }

    private static string Map(string row) => Text(Mapping(Csv, Header), row);

    private static string Text(IRowMapping mapping, string row)
    {
        MappedRow mapped = mapping.Map(Encoding.UTF8.GetBytes(row));
        Assert.Null(mapped.Rejection);
        return Encoding.UTF8.GetString(mapped.Value.Span);
    }

    private static IRowMapping Mapping(string yaml, string header)
    {
        IRowMapping mapping = Plan(yaml).ForFile();
        Assert.Null(mapping.ReadHeader(Encoding.UTF8.GetBytes(header)));
        return mapping;
    }

    private static EventMapping Plan(string yaml, params (string Name, string Text)[] files)
    {
        MappingResult result = MappingLoader.Load(new SourceFile("gauges.mapping.yaml", yaml));
        Assert.Equal([], result.Diagnostics.Select(finding => finding.ToString()));
        EventMapping? mapping = EventMapping.Create(
            result.Plan!,
            name => files.FirstOrDefault(file => file.Name == name).Text is { } text ? (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(text) : null,
            out ImmutableArray<string> faults);
        Assert.Equal([], faults);
        return mapping!;
    }
}
