using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Benchmarks.Recovery;

/// <summary>
/// The one input of the lane: water levels of so many gauges in turn, made when they are fetched, as far as was allowed. Twenty thousand a
/// second of event time, so that every gauge's hold is still pending when the measurement ends.
/// </summary>
internal sealed class GaugeRecords(int keys, int districts)
{
    private const long StartTicks = 17_000_000_000_000_000;
    private const long StepTicks = 500;

    private long _next;

    /// <summary>The input.</summary>
    public static ImmutableArray<InputDescription> Descriptions { get; } = [new("city.events.sensor.v1", "gauges", 0, InputKind.Events)];

    /// <summary>How many records there are by now.</summary>
    public long End { get; set; }

    /// <summary>The time of the newest record.</summary>
    public long NowTicks => StartTicks + (_next * StepTicks);

    public void Seek(long offset) => _next = Math.Max(0, offset);

    /// <summary>The next records; empty where all that were allowed have been read.</summary>
    public ImmutableArray<InputRecord> Take(int maxRecords)
    {
        var records = ImmutableArray.CreateBuilder<InputRecord>();
        for (; records.Count < maxRecords && _next < End; _next++)
            records.Add(new InputRecord(0, _next, _next + 1, default, default, Line(_next)));
        return records.DrainToImmutable();
    }

    private byte[] Line(long number)
    {
        long key = number % keys;
        string time = DateTimeOffset.UnixEpoch.AddTicks(StartTicks + (number * StepTicks)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            $$$"""{"specversion":"1.0","id":"e{{{number:D9}}}","source":"/water/gauge","type":"water.level","subject":"WL-{{{key:D7}}}","time":"{{{time}}}","district":"{{{320101 + (key % districts)}}}","data":{"level_m":3.5}}""");
    }
}
