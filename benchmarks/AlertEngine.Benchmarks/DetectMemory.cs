using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Benchmarks;

/// <summary>
/// Question: how many bytes does a live key cost in the kernel as a lane runs it, all in: the key's text, its place in the table, the state, which is
/// its own timer, the wheel, and what is kept of the key's last event? Asked of 1,000,000 keys, each with a pending hold or four of five
/// matches, from the bytes of CloudEvents in batches of 1,000.
/// </summary>
internal static class DetectMemory
{
    private const int Keys = 1_000_000;
    private const int BatchEvents = 1_000;

    public static void Run(TextWriter output)
    {
        Measure("hold", "hold: { when: event.level_m > 3.0, for: 10m, gap: 3m }", 1, output);
        Measure("hold with two tracked values", "hold: { when: event.level_m > 3.0, for: 10m, gap: 3m, track: { peak_m: { max: event.level_m }, last_m: { last: event.level_m } } }", 1, output);
        Measure("count, four of five", "count: { when: event.level_m > 3.0, at_least: 5, window: 10m }", 4, output);
    }

    private static void Measure(string name, string detect, int eventsPerKey, TextWriter output)
    {
        RuleSet rules = GaugeRules.Load(detect);
        var index = new RuleIndex(rules.Rules);
        var decoder = new EventDecoder(rules, new DistrictResolver(rules, null), new IngestOptions());
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var kernel = new DistrictKernel("320106", rules, index, new KernelOptions(PeopleClock.Event));
        for (int first = 0; first < Keys * eventsPerKey; first += BatchEvents)
            kernel.Evaluate(new DistrictBatch("320106", first / BatchEvents, 0, Steps(decoder, index, first)));
        long after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {(after - before) / (double)Keys:0} bytes a key"));
        GC.KeepAlive(kernel);
        GC.KeepAlive(decoder);
    }

    // Twenty thousand events a second: all keys of a round lie within the shortest window.
    private static ImmutableArray<BatchStep> Steps(EventDecoder decoder, RuleIndex index, int first)
    {
        var steps = ImmutableArray.CreateBuilder<BatchStep>(BatchEvents);
        for (int i = first; i < first + BatchEvents; i++)
        {
            string time = DateTimeOffset.UnixEpoch.AddMicroseconds(i * 50L).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
            byte[] line = Encoding.UTF8.GetBytes(
                $$$"""{"specversion":"1.0","id":"e{{{i:D8}}}","source":"/water/gauge","type":"water.level","subject":"WL-{{{i % Keys:D7}}}","time":"{{{time}}}","district":"320106","data":{"level_m":3.5}}""");
            if (decoder.Decode(line, TimeBounds.None) is { } rejection)
                throw new InvalidOperationException(rejection.Message);
            EventRecord @event = decoder.Event.Keep();
            steps.Add(new BatchStep(@event.TimeTicks, @event, index.Find(@event.Type, @event.District), 0));
        }

        return steps.MoveToImmutable();
    }
}
