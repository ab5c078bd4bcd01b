using AlertEngine.Rules.Matching;
using BenchmarkDotNet.Attributes;

namespace AlertEngine.Benchmarks.HotPath;

/// <summary>Question: what does it cost to know which rules an event concerns, at 10, 1,000 and 10,000 rules? Baseline: asking every rule for its type and district.</summary>
[MemoryDiagnoser]
public class RuleIndexBenchmarks
{
    private EventRecord _event = null!;
    private RuleSet _rules = null!;
    private RuleIndex _index = null!;

    [Params(10, 1_000, 10_000)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _rules = BenchRules.Thresholds(Rules);
        _index = new RuleIndex(_rules.Rules);
        _event = BenchEvents.Records(_rules, BenchEvents.Lines(1, from: 1))[0];
        _event.Slots[EventSlots.District] = AlertEngine.Rules.Cel.CelValue.Of("D2");
    }

    [Benchmark(Baseline = true)]
    public int Every_rule_is_asked()
    {
        int concerned = 0;
        foreach (CompiledRule rule in _rules.Rules)
            concerned += rule.Sources[0].Types.Contains(_event.Type) && rule.Sources[0].Districts.Contains(_event.District) ? 1 : 0;
        return concerned;
    }

    [Benchmark]
    public bool Index_and_gates()
    {
        RuleBucket bucket = _index.Find(_event.Type, _event.District);
        return !bucket.IsEmpty && bucket.Concerns(_event.Slots);
    }
}
