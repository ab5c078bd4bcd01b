using System.Globalization;
using System.Text;
using AlertEngine.Integration.Tests.Processes;

namespace AlertEngine.Integration.Tests.Kills;

/// <summary>
/// A city of sensors: each device's value is a slow wave with noise, so that it stays above a limit for a while. A few events in a thousand
/// are written twice and a few are broken, so that every output file has something in it. The same seed gives the same bytes.
/// </summary>
internal sealed class CityWorkload(int seed)
{
    private const int Devices = 600;
    private const int Types = 6;
    private const int Districts = 8;
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);

    /// <summary>Writes events, a hundred a second of event time, and tells the file's path.</summary>
    public string WriteEvents(WorkFolder folder, int count)
    {
        string path = folder.File("events.ndjson");
        using StreamWriter file = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        for (int number = 0; number < count; number++)
        {
            string line = Line(number);
            file.Write(line);
            if (_random.Next(300) == 0)
                file.Write(line);
            if (_random.Next(400) == 0)
                file.Write(line[..(line.Length / 2)] + "\n");
        }

        return path;
    }

    /// <summary>Writes threshold rules over single events, over time and over numbers, and tells the file's path.</summary>
    public static string WriteRules(WorkFolder folder)
    {
        var text = new StringBuilder("alertengine: rules/v1\npack: kills\nevents:\n");
        for (int type = 0; type < Types; type++)
            text.Append(CultureInfo.InvariantCulture, $"  city.t{type}: {{ value: {{ type: double }} }}\n");
        text.Append("rules:\n");
        for (int number = 0; number < 36; number++)
            AppendRule(text, number);
        return folder.Write("kills.rules.yaml", text.ToString());
    }

    private string Line(int number)
    {
        int device = _random.Next(Devices);
        double seconds = number / 100.0;
        double value = 50 + (42 * Math.Sin(device + (seconds / (60 + (device % 90))))) + (8 * _random.NextDouble());
        string time = Start.AddMilliseconds(number * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $$$"""{"specversion":"1.0","id":"e{{{number:D9}}}","source":"/city/{{{device % 7}}}","type":"city.t{{{device % Types}}}","subject":"dev-{{{device:D5}}}","time":"{{{time}}}","district":"D{{{device % Districts:D2}}}","data":{"value":{{{value:F2}}},"unit":"C","battery":{{{device % 100}}},"seq":{{{number}}}}}""") + "\n";
    }

    private static void AppendRule(StringBuilder text, int number)
    {
        int limit = 84 + (number / Types);
        string detect = (number % 3) switch
        {
            0 => $"each: {{ when: \"event.value > {limit}.0\", quiet: 30s }}",
            1 => $"hold: {{ when: \"event.value > {limit}.0\", for: 20s, gap: 40s }}",
            _ => $"count: {{ when: \"event.value > {limit}.0\", at_least: 3, window: 40s }}",
        };
        text.Append(CultureInfo.InvariantCulture, $$"""
              - id: kill-{{number}}
                name: { en: Rule {{number}} }
                owner: tests
                stage: live
                source: { type: city.t{{number % Types}} }
                detect: { {{detect}} }
                severity: { base: yellow }
                title: { en: Rule {{number}} }
                routes: [ { to: unit-{{number % 5}} } ]

            """);
    }
}
