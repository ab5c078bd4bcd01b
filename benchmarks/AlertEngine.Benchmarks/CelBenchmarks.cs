using AlertEngine.Rules.Cel;
using BenchmarkDotNet.Attributes;

namespace AlertEngine.Benchmarks;

/// <summary>
/// Question: what does a condition of a rule cost per event? Goals: a comparison on slots at most 5 ns, a typical condition (two
/// comparisons, a list membership, a <c>has</c>) at most 15 ns, no allocation. Baseline: the same comparison written in C#.
/// </summary>
[MemoryDiagnoser]
public class CelConditionBenchmarks
{
    private readonly CelFrame _frame = CelSamples.Environment.CreateFrame();
    private CelTest _comparison = null!;
    private CelTest _typical = null!;
    private CelTest _arithmetic = null!;
    private CelFunction _loop = null!;

    [GlobalSetup]
    public void Setup()
    {
        _frame.Records[0] = [CelValue.Of(3.5), CelValue.Of("320106"), CelValue.Of("苏A·0001"), CelValue.Of(12L), CelValue.List(["a", "b", "c", "d"])];
        _comparison = Condition("event.level_m > 3.2");
        _typical = Condition("event.level_m > 3.2 && event.count < 100 && event.district in ['320102', '320106', '320111'] && has(event.plate)");
        _arithmetic = Condition("double(event.count) / event.level_m > 1.5");
        _loop = CelSamples.Compile("event.tags.exists(t, t == 'd')").ToFunction();
    }

    [Benchmark(Baseline = true)]
    public bool Written_in_csharp() => _frame.Records[0][0].IsDouble && _frame.Records[0][0].AsDouble > 3.2;

    [Benchmark]
    public bool Comparison_on_a_slot() => _comparison(_frame);

    [Benchmark]
    public bool Typical_condition() => _typical(_frame);

    [Benchmark]
    public bool Arithmetic_on_slots() => _arithmetic(_frame);

    [Benchmark]
    public CelValue Loop_over_four() => _loop(_frame);

    private static CelTest Condition(string source) => CelSamples.Compile(source).ToCondition().IsTrue;
}

/// <summary>Question: how long does it take to check and compile 10,000 different conditions? Goal: at most one second.</summary>
[MemoryDiagnoser]
public class CelCompilationBenchmarks
{
    private readonly string[] _sources = [.. Enumerable.Range(0, 10_000).Select(CelSamples.Different)];

    [Benchmark]
    public int Check_10_000()
    {
        var count = 0;
        foreach (var source in _sources)
            count += CelSamples.Compile(source).Source.Length;
        return count;
    }

    [Benchmark]
    public int Check_and_compile_10_000()
    {
        var count = 0;
        foreach (var source in _sources)
            count += CelSamples.Compile(source).ToCondition().IsTrue.Target is null ? 0 : 1;
        return count;
    }
}

/// <summary>The schema and the conditions of these benchmarks.</summary>
internal static class CelSamples
{
    internal static readonly CelEnvironment Environment = CelEnvironment.Standard.Declare("event", CelType.Of(new CelRecordType("water.level", 0,
    [
        new("level_m", CelType.Double, 0), new("district", CelType.String, 1), new("plate", CelType.String, 2, true), new("count", CelType.Int, 3),
        new("tags", CelType.List(CelType.String), 4),
    ])));

    internal static CelExpression Compile(string source) => Environment.Compile(source, CelType.Bool).Expression!;

    internal static string Different(int number) => (number % 4) switch
    {
        0 => $"event.level_m > {number}.25",
        1 => $"event.level_m > {number}.5 && event.count < {number}",
        2 => $"event.district in ['{number}', '320106'] && has(event.plate) && event.level_m >= 0.{number}",
        _ => $"event.level_m > {number}.25 && event.count < 100 && event.district in ['320102', '{number}'] && has(event.plate)",
    };
}
