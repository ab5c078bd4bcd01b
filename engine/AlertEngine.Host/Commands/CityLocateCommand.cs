using System.CommandLine;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Diagnostics;

namespace AlertEngine.Host.Commands;

/// <summary><c>city locate</c>: the district of points, for those who ask where an event of theirs would go.</summary>
internal static class CityLocateCommand
{
    public static Command Create(Words words)
    {
        var city = new Option<string>("--city") { Description = words.Of("城市文件", "The city file."), DefaultValueFactory = _ => "rules/packs/nanjing/city.yaml" };
        var points = new Option<string>("--points") { Description = words.Of("CSV 文件，含 lon、lat 列，可含 street 列", "A CSV file with the columns lon and lat, and perhaps street."), Required = true };
        var crs = new Option<string>("--crs") { Description = words.Of("点的坐标系", "The datum of the points."), DefaultValueFactory = _ => "wgs84" };
        crs.AcceptOnlyFromAmong("wgs84", "gcj02");
        var command = new Command("locate",
            words.OfCommand("给出每个点所属的区：输入 lon,lat，输出 lon,lat,district。城市文件中有的街道先于位置。有一行不是点时退出码为 1。",
                "Tells the district of each point: lon,lat in, lon,lat,district out. A street that the city file knows goes before the position. Exits 1 if a line is no point.",
                "city locate --points points.csv --crs gcj02"))
        {
            city, points, crs,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(city)!, parsed.GetValue(points)!, parsed.GetValue(crs) == "gcj02", words, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string cityPath, string pointsPath, bool isGcj02, Words words, TextWriter output, TextWriter error)
    {
        try
        {
            if (CityOf(cityPath, error) is not { } city || OutlinesOf(cityPath, city, error) is not { } outlines)
                return ExitCodes.Usage;
            using var input = new StreamReader(pointsPath);
            PointTally tally = PointLocator.Locate(input, outlines, city.DistrictByStreet, isGcj02, output);
            foreach (string fault in tally.Faults)
                error.WriteLine($"{pointsPath}: {fault}");
            error.WriteLine(words.Of($"{tally.Points} 个点，{tally.Located} 个在区内", $"{tally.Points} points, {tally.Located} in a district"));
            return tally.Faults.Count == 0 ? ExitCodes.Done : ExitCodes.Findings;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(fault.Message);
            return ExitCodes.Usage;
        }
    }

    private static CityModel? CityOf(string cityPath, TextWriter error)
    {
        RuleFileReader files = new();
        if (files.ReadCity(cityPath) is not { } city)
        {
            DiagnosticOutput.TellProblems(files, null, error);
            return null;
        }

        LoadResult loaded = RuleLoader.Load(new RuleSources { Rules = [], City = city });
        foreach (RuleDiagnostic finding in loaded.Diagnostics.Where(finding => finding.IsError))
            error.WriteLine(TextRenderer.Render(finding));
        return loaded.Rules?.City;
    }

    private static Engine.Ingest.DistrictOutlines? OutlinesOf(string cityPath, CityModel city, TextWriter error)
    {
        if (city.Polygons is not { } polygons)
        {
            error.WriteLine($"{cityPath}: 城市文件没有给出区界 / the city file names no polygons");
            return null;
        }

        OutlineReading reading = DistrictOutlineReader.Read(polygons);
        if (reading.Fault is { } fault)
            error.WriteLine(fault);
        return reading.Outlines;
    }
}
