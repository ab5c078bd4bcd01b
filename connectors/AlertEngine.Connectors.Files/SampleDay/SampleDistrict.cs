using System.Collections.Immutable;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>A district as the sample day knows it.</summary>
/// <param name="Code">Its code in the city file.</param>
/// <param name="Letters">What its devices' ids carry.</param>
/// <param name="Name">Its name.</param>
/// <param name="Longitude">The middle of where its devices stand, WGS 84, well inside its outline.</param>
/// <param name="Latitude">The middle of where its devices stand.</param>
/// <param name="Streets">Codes of streets that belong to it.</param>
internal sealed record SampleDistrict(string Code, string Letters, string Name, double Longitude, double Latitude, ImmutableArray<string> Streets)
{
    /// <summary>The twelve districts of the city file, in its order.</summary>
    public static ImmutableArray<SampleDistrict> All { get; } =
    [
        new("320102", "XW", "玄武", 118.835, 32.065, ["320102002", "320102005", "320102010"]),
        new("320104", "QH", "秦淮", 118.805, 32.005, ["320104002", "320104005", "320104010"]),
        new("320105", "JY", "建邺", 118.715, 31.995, ["320105001", "320105002", "320105006"]),
        new("320106", "GL", "鼓楼", 118.755, 32.070, ["320106001", "320106004", "320106008"]),
        new("320111", "PK", "浦口", 118.530, 32.050, ["320111004", "320111005", "320111006"]),
        new("320113", "QX", "栖霞", 118.980, 32.120, ["320113001", "320113004", "320113007"]),
        new("320114", "YH", "雨花台", 118.700, 31.920, ["320114001", "320114004", "320114005"]),
        new("320115", "JN", "江宁", 118.850, 31.850, ["320115001", "320115002", "320115005"]),
        new("320116", "LH", "六合", 118.850, 32.400, ["320116006", "320116007", "320116009"]),
        new("320117", "LS", "溧水", 119.030, 31.580, ["320117001", "320117002", "320117005"]),
        new("320118", "GC", "高淳", 118.920, 31.340, ["320118001", "320118002", "320118004"]),
        new("320100-JBXQ", "JB", "江北新区", 118.700, 32.190, ["320111001", "320111007", "320116001"]),
    ];
}
