using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Tests.Ingest;

/// <summary>A small city with one declared event type, two districts and three devices: enough to be refused for every reason.</summary>
internal static class Harbour
{
    internal const string Type = "water.level";

    internal static RuleSet Rules(CityModel? city = null) => new()
    {
        Hash = "h",
        Rules = [],
        Layouts = new Dictionary<string, EventLayout> { [Type] = Layout() }.ToFrozenDictionary(),
        DeviceRecord = new CelRecordType("device", FrameRecords.Device, [Column("district", 0), Column("street", 1), Number("lon", 2), Number("lat", 3)]),
        ContextRecord = new CelRecordType("ctx", FrameRecords.Context, []),
        City = city ?? City(),
        Devices = new Dictionary<string, CelValue[]>
        {
            ["WL-001"] = [CelValue.Of("A"), default, default, default],
            ["WL-002"] = [default, CelValue.Of("A001"), default, default],
            ["WL-003"] = [default, default, CelValue.Of(1.5), CelValue.Of(0.5)],
        }.ToFrozenDictionary(),
    };

    /// <summary>District A is the unit square; B the one east of it, but B owns the street A009 that is filed under A.</summary>
    internal static CityModel City() => CityModel.Open with
    {
        AcceptsEverything = false,
        Districts = new[] { "A", "B" }.ToFrozenDictionary(code => code, code => new District(code, LocalText.Both(code), [])),
        DistrictByStreet = new Dictionary<string, string> { ["A001"] = "A", ["A009"] = "B" }.ToFrozenDictionary(),
        StreetByGrid = new Dictionary<string, string> { ["G9"] = "A009" }.ToFrozenDictionary(),
    };

    internal static DistrictOutlines Outlines() => new([Square("A", 0), Square("B", 1)], isGcj02: false);

    internal static EventDecoder Decoder(CityModel? city = null, IngestOptions? options = null)
    {
        RuleSet rules = Rules(city);
        return new EventDecoder(rules, new DistrictResolver(rules, Outlines()), options ?? new IngestOptions());
    }

    /// <summary>An event that is good but for what the caller puts in place of an attribute, or adds.</summary>
    internal static byte[] Event(string data = """{"level_m":3.5}""", string? without = null, params (string Name, string Json)[] with)
    {
        var members = new Dictionary<string, string>
        {
            ["specversion"] = "\"1.0\"",
            ["id"] = "\"e1\"",
            ["source"] = "\"/hydro\"",
            ["type"] = "\"water.level\"",
            ["subject"] = "\"WL-017\"",
            ["time"] = "\"2026-07-01T08:00:00+08:00\"",
            ["district"] = "\"A\"",
        };
        foreach ((string name, string json) in with)
            members[name] = json;
        if (without is not null)
            members.Remove(without);
        if (data.Length > 0)
            members["data"] = data;
        return Encoding.UTF8.GetBytes("{" + string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}")) + "}");
    }

    private static EventLayout Layout()
    {
        ImmutableArray<EventField> fields =
        [
            Field("level_m", CelType.Double, 0), Field("samples", CelType.Int, 1), Field("count", CelType.Uint, 2), Field("ok", CelType.Bool, 3),
            Field("quality", CelType.String, 4), Field("measured", CelType.Timestamp, 5),
            Field("deep", CelType.Double, 6, "raw", "values", "1"), Field("secret", CelType.String, 7) with { IsSensitive = true },
            Field("open_for", CelType.Duration, 8), Field("unread", CelType.String, 9) with { IsRead = false },
        ];
        return new EventLayout(Type, new CelRecordType(Type, FrameRecords.Event, EventLayout.CommonFields.Concat(fields.Select(field => field.Field))), fields);
    }

    private static EventField Field(string name, CelType type, int number, params string[] path) =>
        new(new CelField(name, type, EventSlots.FirstField + number, IsOptional: true), path.Length == 0 ? [name] : [.. path], false);

    private static CelField Column(string name, int slot) => new(name, CelType.String, slot);

    private static CelField Number(string name, int slot) => new(name, CelType.Double, slot);

    private static DistrictOutline Square(string code, double west) =>
        new(code, [[[(west, 0), (west + 1, 0), (west + 1, 1), (west, 1), (west, 0)]]]);
}
