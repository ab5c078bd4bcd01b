using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Csv;
using AlertEngine.Rules.Files.Devices;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Functions;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Goal: tables, registry, calendars, terms and places of the city mean what people wrote.</summary>
public sealed class CityPartsTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    [Theory]
    [InlineData("qingming", 2016, 4, 4)]
    [InlineData("qingming", 2017, 4, 4)]
    [InlineData("qingming", 2018, 4, 5)]
    [InlineData("qingming", 2019, 4, 5)]
    [InlineData("qingming", 2020, 4, 4)]
    [InlineData("qingming", 2021, 4, 4)]
    [InlineData("qingming", 2022, 4, 5)]
    [InlineData("qingming", 2023, 4, 5)]
    [InlineData("qingming", 2024, 4, 4)]
    [InlineData("qingming", 2025, 4, 4)]
    [InlineData("qingming", 2026, 4, 5)]
    [InlineData("qingming", 2027, 4, 5)]
    [InlineData("qingming", 2028, 4, 4)]
    [InlineData("qingming", 2029, 4, 4)]
    [InlineData("qingming", 2030, 4, 5)]
    [InlineData("dongzhi", 2025, 12, 21)]
    [InlineData("lichun", 2026, 2, 4)]
    [InlineData("xiazhi", 2026, 6, 21)]
    [InlineData("xiaohan", 2026, 1, 5)]
    public void Solar_terms_fall_on_the_days_of_the_almanac(string term, int year, int month, int day) =>
        Assert.Equal(new LocalDate(year, month, day), SolarTerms.Find(term, year, Shanghai));

    [Theory]
    [InlineData("2026-12-19", null)]
    [InlineData("2026-12-20", 2027)]
    [InlineData("2027-03-01", 2027)]
    [InlineData("2025-12-31", null)]
    [InlineData("2024-06-01", 2024)]
    public void A_calendar_says_which_year_s_file_is_wanting(string day, int? expected)
    {
        BusinessCalendar calendar = BusinessCalendar.Weekdays with { Years = [2025, 2026] };
        Assert.Equal(expected, calendar.UnknownYearOf(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value));
    }

    [Fact]
    public void A_file_for_a_year_that_has_not_been_announced_is_told_and_does_not_count_as_known()
    {
        Dictionary<LocalDate, bool> listed = [];
        DiagnosticBag diagnostics = new();

        Assert.Null(HolidayFile.Read(new SourceFile("2027.json", """{ "year": 2027, "papers": [], "days": [] }"""), listed, diagnostics));
        Assert.Equal("2027.json:1:1 AE2123 日历缺少该年的节假日 / the file lists no day of 2027, which runs on weekdays", Assert.Single(diagnostics.ToOrdered()).ToString());
    }

    [Theory]
    [InlineData("2026-11-01", null)]
    [InlineData("2026-12-24", "city.yaml:1:1 AE2123 日历缺少该年的节假日 / the calendar 'cn' does not know 2027, which runs on weekdays")]
    [InlineData("2027-01-02", "city.yaml:1:1 AE2123 日历缺少该年的节假日 / the calendar 'cn' does not know 2027, which runs on weekdays")]
    public void A_check_warns_loudly_of_a_year_that_a_calendar_does_not_know(string today, string? expected)
    {
        const string City = "alertengine: city/v1\ncity: { code: '3201', name: N }\nlevels: [ city ]\ndistricts: [ { code: '320102', name: D } ]\nunits: []\ncalendars: { cn: { holidays: [ 2026.json ] } }\n";
        LoadResult result = RuleLoader.Load(
            new RuleSources
            {
                Rules = [],
                City = new CitySources(new SourceFile("city.yaml", City))
                {
                    Companions = ImmutableDictionary<string, SourceFile>.Empty.Add(
                        "2026.json", new SourceFile("2026.json", """{ "year": 2026, "days": [ { "name": "元旦", "date": "2026-01-01", "isOffDay": true } ] }""")),
                },
            },
            LoadOptions.Default with { Today = NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value });
        Assert.Equal(expected, result.Diagnostics.SingleOrDefault()?.ToString());
    }

    [Fact]
    public void Csv_fields_in_quotes_hold_commas_quotes_and_line_breaks()
    {
        CsvTable table = CsvTable.Read(SourceText.From("t.csv", "id,name\n1,\"a, \"\"b\"\"\nc\"\n\n2, d \n"), new DiagnosticBag())!;

        Assert.Equal(["id", "name"], table.Columns);
        Assert.Equal(["a, \"b\"\nc", "d"], table.Rows.Select(row => row.Fields[1]));
    }

    [Theory]
    [InlineData("a,a\n", "t.csv:1:1 AE2114 CSV 列错误 / the column 'a' stands twice in the header")]
    [InlineData("a,b\n1\n", "t.csv:2:1 AE2115 CSV 行错误 / 1 fields; the header has 2")]
    [InlineData("a\n\"1\n", "t.csv:2:1 AE2113 CSV 格式错误 / the quote that opens here is not closed")]
    [InlineData("a\n\"1\"2\n", "t.csv:2:4 AE2113 CSV 格式错误 / text behind the closing quote of a field")]
    [InlineData("", "t.csv:1:1 AE2114 CSV 列错误 / the table has no header")]
    public void A_malformed_table_is_told_where_it_is(string text, string expected)
    {
        DiagnosticBag diagnostics = new();

        CsvTable.Read(SourceText.From("t.csv", text), diagnostics);

        Assert.Equal(expected, Assert.Single(diagnostics.ToOrdered()).ToString());
    }

    [Fact]
    public void Columns_of_the_registry_have_the_types_of_their_cells_and_positions_are_wgs84()
    {
        RuleSet rules = Load("device,name,district,lon,lat,crs,floor,height,critical,code\nA,,320102,118.78,32.04,gcj02,3,2.5,true,007\nB,乙,320102,,,,,4,false,12\n");

        Assert.Equal(
            [CelType.Int, CelType.Double, CelType.Bool, CelType.String],
            new[] { "floor", "height", "critical", "code" }.Select(column => rules.DeviceRecord.Find(column)!.Type));
        CelValue[] row = rules.Devices["A"];
        Assert.Equal("A", row[rules.DeviceRecord.Find("name")!.Slot].AsString);
        Assert.InRange(row[rules.DeviceRecord.Find("lon")!.Slot].AsDouble, 118.773, 118.777);
        Assert.False(rules.Devices["B"][rules.DeviceRecord.Find("geo")!.Slot].IsPresent);
        Assert.False(rules.Devices["B"][rules.DeviceRecord.Find("floor")!.Slot].IsPresent);
    }

    [Theory]
    [InlineData("device,district\nA,320102\nA,320102\n", "devices.csv:3:1 AE2116 设备重复登记 / the device 'A' is in the table twice")]
    [InlineData("id,district\nA,320102\n", "devices.csv:1:1 AE2114 CSV 列错误 / no column 'device'; there are id, district")]
    [InlineData("device,district\nA,320199\n", "devices.csv:2:1 AE2121 设备所在区不在城市文件中 / no district '320199' in the city file")]
    [InlineData("device,lon,lat\nA,218,32\n", "devices.csv:2:1 AE2117 经纬度无效 / lon '218', lat '32', crs ''")]
    public void A_wrong_registry_is_told_at_its_row(string table, string expected) =>
        Assert.Equal(expected, Assert.Single(CityLoader.Check(City(table))).ToString());

    [Fact]
    public void A_file_that_the_city_file_names_and_nobody_gives_is_told_at_its_name()
    {
        CitySources sources = City("") with { Companions = ImmutableDictionary<string, SourceFile>.Empty };

        Assert.Equal("city.yaml:6:18 AE2054 城市文件引用的文件不可用 / the file 'devices.csv' cannot be read", Assert.Single(CityLoader.Check(sources)).ToString());
    }

    [Fact]
    public void Near_includes_its_limit_and_nearest_is_the_nearest()
    {
        GeoPoint at = new(31.9901, 118.7801);
        Place gongde = new("gongde", LocalText.Both("功德园"), new GeoPoint(31.9910, 118.7810));
        Place far = new("far", LocalText.Both("远"), new GeoPoint(32.2, 118.78));
        var places = new Dictionary<string, ImmutableArray<Place>> { ["cemetery"] = [far, gongde] }.ToFrozenDictionary();
        CelEnvironment environment = GeoFunctions.Declare(CelEnvironment.Standard, places).DeclareConstant("at", CelType.Geo, at.ToValue());
        double meters = Geodesy.DistanceMeters(at.Latitude, at.Longitude, gongde.Geo.Latitude, gongde.Geo.Longitude);

        Assert.InRange(meters, 130, 133);
        Assert.Equal("gongde", Evaluate(environment, "geo.nearest(at, 'cemetery').id").AsString);
        Assert.True(Evaluate(environment, "geo.near(at, 'cemetery', 200)").AsBool);
        Assert.False(Evaluate(environment, "geo.near(at, 'cemetery', 100.0)").AsBool);
        Assert.True(Evaluate(environment, "geo.within(at, at, 0)").AsBool);
        Assert.True(Evaluate(environment, "geo.near(at, 'school', 100)").IsError);
    }

    [Fact]
    public void Local_questions_are_asked_in_the_zone_of_the_city()
    {
        CelEnvironment environment = LocalFunctions.Declare(CelEnvironment.Standard, CityModel.Open);

        Assert.Equal(1, Evaluate(environment, "local.hour(timestamp('2026-07-01T17:30:00Z'))").AsInt);
        Assert.Equal("2026-07-02", Evaluate(environment, "local.date(timestamp('2026-07-01T17:30:00Z'))").AsString);
        Assert.Equal(4, Evaluate(environment, "local.weekday(timestamp('2026-07-01T17:30:00Z'))").AsInt);
        Assert.False(Evaluate(environment, "calendar.isWorkday(timestamp('2026-07-04T04:00:00Z'))").AsBool);
    }

    private static CelValue Evaluate(CelEnvironment environment, string expression)
    {
        CelCompilation compilation = environment.Compile(expression);
        Assert.True(compilation.Expression is not null, string.Join('\n', compilation.Diagnostics));
        return compilation.Expression.ToFunction()(environment.CreateFrame());
    }

    private static RuleSet Load(string devices)
    {
        LoadResult result = RuleLoader.Load(new RuleSources { Rules = [], City = City(devices) });
        Assert.Empty(result.Diagnostics);
        return result.Rules!;
    }

    private static CitySources City(string devices) => new(new SourceFile("city.yaml", """
        alertengine: city/v1
        city: { code: '320100', name: 南京 }
        levels: [district, city]
        districts: [ { code: '320102', name: 玄武 } ]
        units: []
        devices: { file: devices.csv }
        """))
    {
        Companions = ImmutableDictionary<string, SourceFile>.Empty.Add("devices.csv", new SourceFile("devices.csv", devices)),
    };
}
