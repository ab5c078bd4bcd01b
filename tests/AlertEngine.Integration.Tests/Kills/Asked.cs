using System.Globalization;

namespace AlertEngine.Integration.Tests.Kills;

/// <summary>What the environment asks of the tests that kill.</summary>
internal static class Asked
{
    /// <summary>How often a replay is killed: four times, or as often as <c>ALERTENGINE_KILLS</c> says.</summary>
    public static int Kills { get; } = int.Parse(Environment.GetEnvironmentVariable("ALERTENGINE_KILLS") ?? "4", CultureInfo.InvariantCulture);
}
