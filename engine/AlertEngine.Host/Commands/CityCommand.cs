using System.CommandLine;

namespace AlertEngine.Host.Commands;

/// <summary><c>city</c>: what integrators do with the city file.</summary>
internal static class CityCommand
{
    public static Command Create() => new("city", "The city file: what integrators do with it.")
    {
        CityCheckCommand.Create(),
        CityLocateCommand.Create(),
    };
}
