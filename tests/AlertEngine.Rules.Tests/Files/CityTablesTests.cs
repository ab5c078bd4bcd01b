using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using Xunit;

namespace AlertEngine.Rules.Tests.Files;

/// <summary>Goal: streets, grids and duty rosters mean what people wrote, at the size of a real city, and what is wrong is told at its row.</summary>
public sealed class CityTablesTests
{
    private const string Districts = "districts: [ { code: '320102', name: 玄武 }, { code: '320111', name: 浦口 }, { code: '320116', name: 六合 }, { code: '320100-JBXQ', name: 江北新区, streets: ['320111001'] } ]";

    [Fact]
    public void Every_street_of_nanjing_is_of_the_district_that_it_is_filed_under_or_of_the_one_that_owns_it()
    {
        string table = File.ReadAllText(Path.Combine(Shared.Folder("data", "nanjing-districts"), "streets_3201.csv"));
        string example = File.ReadAllText(Path.Combine(Shared.Folder("rules-examples"), "city.yaml"));
        string head = example[..example.IndexOf("units:", StringComparison.Ordinal)];
        CityModel city = Load($"{head}units: []\nstreets: {{ file: streets.csv, street: code, district: areaCode }}\n", ("streets.csv", table));
        string[] jiangbei = ["320111001", "320111002", "320111003", "320111007", "320116001", "320116004", "320116005"];
        string[][] rows = [.. table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(','))];

        Assert.Equal(140, rows.Length);
        foreach (string[] row in rows)
            Assert.Equal(jiangbei.Contains(row[0]) ? "320100-JBXQ" : row[2], city.DistrictByStreet[row[0]]);
        Assert.Equal(12, city.DistrictByStreet.Values.Distinct().Count());
    }

    [Fact]
    public void Twelve_thousand_grids_load_each_in_its_street()
    {
        StringBuilder streets = new("street,district\n"), grids = new("grid,street\n");
        for (int street = 0; street < 120; street++)
        {
            streets.Append(CultureInfo.InvariantCulture, $"320102{street:000},320102\n");
            for (int grid = 0; grid < 100; grid++)
                grids.Append(CultureInfo.InvariantCulture, $"320102{street:000}{grid:000000},320102{street:000}\n");
        }

        CityModel city = Load(
            Head($"streets: {{ file: s.csv }}\ngrids: {{ file: g.csv, pattern: '^[0-9]{{15}}$' }}"), ("s.csv", streets.ToString()), ("g.csv", grids.ToString()));

        Assert.Equal(12_000, city.StreetByGrid.Count);
        Assert.All(city.StreetByGrid, pair => Assert.StartsWith(pair.Value, pair.Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("grid,street\nG1,320111001\nG1,320111001\n", "g.csv:3:1 AE2125 网格重复 / the grid 'G1' stands twice in the table")]
    [InlineData("grid,street\nG1,320111002\n", "g.csv:2:1 AE2126 未知的街道 / no street '320111002' in the city file; did you mean '320111001'?")]
    [InlineData("grid,street\nX1,320111001\n", "g.csv:2:1 AE2127 网格编码格式不符 / the grid 'X1' does not match ^G[0-9]+$")]
    [InlineData("cell,street\nX1,320111001\n", "g.csv:1:1 AE2114 CSV 列错误 / no column 'grid'; there are cell, street")]
    public void A_wrong_grid_is_told_at_its_row(string table, string expected) =>
        Assert.Equal(expected, Assert.Single(CityLoader.Check(Sources(Head("grids: { file: g.csv, pattern: '^G[0-9]+$' }"), ("g.csv", table)))).ToString());

    [Fact]
    public void A_pattern_that_is_none_is_told_where_it_stands() =>
        Assert.StartsWith("city.yaml:6:32 AE2127 网格编码格式不符 / ", Assert.Single(CityLoader.Check(Sources(Head("grids: { file: g.csv, pattern: '[0-9' }"), ("g.csv", "grid,street\n")))).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("watch: nobody", "city.yaml:6:31 AE2044 未知的单位 / no unit 'nobody'")]
    [InlineData("scene: fluud", "city.yaml:6:31 AE2124 未知的场景 / no scene 'fluud'")]
    [InlineData("calendar: xx", "city.yaml:6:34 AE2048 未知的日历 / no calendar 'xx'")]
    public void A_duty_that_names_what_is_not_there_is_told_at_the_name(string key, string expected) =>
        Assert.Equal(expected, Assert.Single(CityLoader.Check(Sources(Head($"duty: [ {{ level: city, {key}, roster: [] }} ]\nscenes: {{ flood: {{ name: F }} }}", "units: [ { id: somebody, name: S } ]")))).ToString());

    private static CityModel Load(string text, params (string Name, string Text)[] tables)
    {
        LoadResult result = RuleLoader.Load(new RuleSources { Rules = [], City = Sources(text, tables) });
        Assert.Empty(result.Diagnostics.Where(finding => finding.IsError));
        return result.Rules!.City;
    }

    private static string Head(string rest, string units = "units: []") =>
        $"alertengine: city/v1\ncity: {{ code: '320100', name: 南京 }}\nlevels: [ city ]\n{Districts}\n{units}\n{rest}\n";

    private static CitySources Sources(string text, params (string Name, string Text)[] tables) => new(new SourceFile("city.yaml", text))
    {
        Companions = tables.ToImmutableDictionary(table => table.Name, table => new SourceFile(table.Name, table.Text)),
    };
}
