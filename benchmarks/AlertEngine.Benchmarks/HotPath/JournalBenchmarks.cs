using System.Collections.Immutable;
using System.Text.Json;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;
using BenchmarkDotNet.Attributes;

namespace AlertEngine.Benchmarks.HotPath;

/// <summary>Question: what does a batch of 8,192 admitted keys and a hundred outputs cost on its way into the journal, and out of it? Baseline: the standard JSON serializer.</summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private readonly BatchEvent _batch = Batch();
    private readonly StateWriter _writer = new();
    private byte[] _encoded = [];

    [GlobalSetup]
    public void Setup() => _encoded = BatchCodec.Encode(_batch, new StateWriter()).ToArray();

    [Benchmark(Baseline = true)]
    public int Json() => JsonSerializer.SerializeToUtf8Bytes(_batch).Length;

    [Benchmark]
    public int Encode()
    {
        _writer.Clear();
        return BatchCodec.Encode(_batch, _writer).Length;
    }

    [Benchmark]
    public long Decode() => BatchCodec.Decode(_encoded).Sequence;

    private static BatchEvent Batch() => new()
    {
        Sequence = 2,
        Predecessor = 1,
        NowTicks = 17_000_000_000_000_000,
        FrontTicks = 17_000_000_000_000_000,
        HighestTicks = 17_000_000_000_000_000,
        RuleSetHash = new string('a', 64),
        LatenessTicks = [0],
        Inputs = [new InputMark(8_192, 17_000_000_000_000_000)],
        Admitted = [.. Enumerable.Range(0, 8_192).Select(number => new AdmittedKey(new UInt128((ulong)number * 7919, (ulong)number), (ulong)number * 31, new Coordinate(0, number)))],
        Buffered = [],
        Deltas = [new DistrictDelta("320106", new byte[8_192], 0, 0)],
        FirstEmitSeq = 1,
        Outputs = [.. Enumerable.Repeat(new Output(OutputKind.WorkOrder, "city.workorders.bench.v1", "order", new byte[2_048], "bench"), 100)],
        Tally = new LaneTally(),
    };
}
