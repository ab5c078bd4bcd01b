using System.Globalization;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>What a device tells at a time, before it gets an id, a place and a way to arrive.</summary>
/// <param name="TimeMs">When it occurred, since the day's midnight.</param>
/// <param name="Device">Who tells it.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Fields">The members of <c>data</c>, as JSON without the braces.</param>
internal sealed record SampleEvent(long TimeMs, SampleDevice Device, string Type, string Fields)
{
    /// <summary>Whether it belongs to a drill.</summary>
    public bool IsExercise { get; init; }

    /// <summary>An event whose one measured value is <paramref name="name"/>.</summary>
    public static SampleEvent Reading(long timeMs, SampleDevice device, string type, string name, double value, int decimals = 2) =>
        new(timeMs, device, type, Number(name, value, decimals));

    /// <summary>One numeric member.</summary>
    public static string Number(string name, double value, int decimals) =>
        $"\"{name}\":{Math.Round(value, decimals).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}";
}
