using System.Globalization;
using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Benchmarks.HotPath;

/// <summary>Structured CloudEvents of some hundred devices, one each 50 ms, with levels that now and then cross a limit of 3.5.</summary>
internal static class BenchEvents
{
    internal const int Devices = 200;

    internal static byte[][] Lines(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(Line)];

    /// <summary>The lines as records of a rule set, ready to be evaluated.</summary>
    internal static EventRecord[] Records(RuleSet rules, byte[][] lines)
    {
        var decoder = new EventDecoder(rules, new DistrictResolver(rules, null), new IngestOptions());
        return [.. lines.Select(line => decoder.Decode(line, TimeBounds.None) is { } refused ? throw new InvalidOperationException(refused.Message) : decoder.Event.Keep())];
    }

    private static byte[] Line(int number)
    {
        string time = DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(number * 50L).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        double level = 2.5 + (number * 7919 % 1_000 / 1_000.0 * 1.1);
        string type = number % 3 == 0 ? "rain.level" : "water.level";
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$$$$"""{"specversion":"1.0","id":"e{{{{{number:D9}}}}}","source":"/water/gauge/{{{{{number % 7}}}}}","type":"{{{{{type}}}}}","subject":"WL-{{{{{number % Devices:D5}}}}}","time":"{{{{{time}}}}}","district":"320106","datacontenttype":"application/json","data":{"level_m":{{{{{level:0.000}}}}},"gate":"G-{{{{{number % 11}}}}}","confidence":0.93,"location":{"type":"Point","coordinates":[118.78{{{{{number % 97}}}}},32.04{{{{{number % 89}}}}}]},"meta":{"fw":"2.1.{{{{{number % 5}}}}}","battery":{{{{{number % 100}}}}} } } }"""));
    }
}
