using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Rules.Matching;
using BenchmarkDotNet.Attributes;

namespace AlertEngine.Benchmarks.HotPath;

/// <summary>
/// Question: what does an event cost in each detector, in the kernel as a lane runs it, alerts, orders and the journal's delta included? The
/// baseline is <c>each</c>, the one without state between events.
/// </summary>
[MemoryDiagnoser]
public class DetectorBenchmarks
{
    private const int BatchEvents = 1_000;

    private static readonly Dictionary<string, string> Detectors = new()
    {
        ["each"] = "each: { when: \"event.level_m > 3.5\", quiet: 10m }",
        ["hold"] = "hold: { when: \"event.level_m > 2.6\", for: 1m, gap: 3m }",
        ["count"] = "count: { when: \"event.level_m > 3.0\", at_least: 40, window: 10m }",
        ["distinct"] = "distinct: { of: event.gate, at_least: 12, window: 10m }",
        ["aggregate"] = "aggregate: { of: event.level_m, fn: avg, window: 10m, when: \"aggregate.value > 3.4\" }",
        ["change"] = "change: { of: event.level_m, as: delta, over: 5m, when: \"change.value > 1.0\" }",
        ["absence"] = "absence: { for: 10m, population: { seen: 1h } }",
        ["sequence"] = "sequence: { within: 1m, steps: [ { as: rain, source: { type: rain.level }, key: event.device, when: \"event.level_m > 3.5\" }, { as: rise, source: { type: water.level }, key: event.device, when: \"event.level_m > 3.55\" } ] }",
        ["correlate"] = "correlate: { any_of: { rain: { source: { type: rain.level }, when: \"event.level_m > 3.5\" }, water: { source: { type: water.level }, when: \"event.level_m > 3.55\" } }, at_least: 2, within: 10s, quiet: 10m }",
        ["baseline"] = "baseline: { of: event.level_m, method: ewma, half_life: 10m, warmup: 10m, when: \"baseline.score > 6.0\" }",
    };

    private RuleIndex _index = null!;
    private DistrictKernel _kernel = null!;
    private EventRecord[] _events = [];
    private long _round;

    [ParamsSource(nameof(Names))]
    public string Detector { get; set; } = "each";

    public static IEnumerable<string> Names => Detectors.Keys;

    [GlobalSetup]
    public void Setup()
    {
        RuleSet rules = BenchRules.OfDetector(Detectors[Detector]);
        _index = new RuleIndex(rules.Rules);
        _kernel = new DistrictKernel(BenchRules.District, rules, _index, new KernelOptions(PeopleClock.Event));
        _events = BenchEvents.Records(rules, BenchEvents.Lines(BatchEvents));
    }

    /// <summary>The same thousand events again and again, each time later by as long as they last.</summary>
    [Benchmark(OperationsPerInvoke = BatchEvents)]
    public DistrictResult A_batch_of_a_thousand()
    {
        long laterTicks = _round++ * BatchEvents * 50 * TimeSpan.TicksPerMillisecond;
        var steps = ImmutableArray.CreateBuilder<BatchStep>(BatchEvents);
        foreach (EventRecord original in _events)
        {
            long ticks = original.TimeTicks + laterTicks;
            EventRecord @event = new() { Layout = original.Layout, Slots = original.Slots, TimeTicks = ticks };
            steps.Add(new BatchStep(ticks, @event, _index.Find(@event.Type, @event.District), 0));
        }

        return _kernel.Evaluate(new DistrictBatch(BenchRules.District, _round, 0, steps.MoveToImmutable()));
    }
}
