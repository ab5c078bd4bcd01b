using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Matching;
using BenchmarkDotNet.Attributes;

namespace AlertEngine.Benchmarks.HotPath;

/// <summary>
/// Question: what does it cost to make an event of its bytes? Baseline: the standard reader walking over the tokens and nothing else. The plain
/// decoder is asked with events that no shape knows, because a text in each has an escape.
/// </summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private const int Events = 1_000;

    private readonly byte[][] _lines = BenchEvents.Lines(Events);
    private readonly byte[][] _escaped = [.. BenchEvents.Lines(Events).Select(line => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line).Replace("\"G-", "\"\\u0047-", StringComparison.Ordinal)))];
    private EventDecoder _decoder = null!;

    [GlobalSetup]
    public void Setup()
    {
        RuleSet rules = BenchRules.Thresholds(10);
        _decoder = new EventDecoder(rules, new DistrictResolver(rules, null), new IngestOptions());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public long Standard_reader_tokens_only()
    {
        long tokens = 0;
        foreach (byte[] line in _lines)
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
                tokens++;
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Events)]
    public int Known_shape() => Decode(_lines);

    [Benchmark(OperationsPerInvoke = Events)]
    public int Plain() => Decode(_escaped);

    private int Decode(byte[][] lines)
    {
        int accepted = 0;
        foreach (byte[] line in lines)
            accepted += _decoder.Decode(line, TimeBounds.None) is null ? 1 : 0;
        return accepted == Events ? accepted : throw new InvalidOperationException("an event was refused");
    }
}
