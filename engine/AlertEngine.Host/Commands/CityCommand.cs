using System.CommandLine;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary><c>city</c>: what integrators do with the city file.</summary>
internal static class CityCommand
{
    public static Command Create(Words words) => new("city", words.OfCommand("城市文件：接入方的工作。", "The city file: what integrators do with it.", "city check rules/packs/nanjing/city.yaml"))
    {
        CityCheckCommand.Create(words),
        CityLocateCommand.Create(words),
    };
}
