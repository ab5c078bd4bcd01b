using System.Collections.Immutable;
using System.Diagnostics;
using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Benchmarks.Match;

/// <summary>What one pass measured.</summary>
internal sealed record MatchPass(double Seconds, long Hits, long Alerts, long AllocatedBytes);

/// <summary>
/// One pass over the events on one thread: decode and validate, the lane's window, the rule index, the districts' kernels with all that they do
/// (alerts, orders, their messages, deltas for the journal). Only reading, persisting and publishing are left out. The kernels of districts that
/// are known are made before the clock starts: a lane makes them once in its life, as the peers deploy their statements once.
/// </summary>
internal sealed class MatchLane
{
    private const int BatchRecords = 8_192;

    // A window as it is after the first minutes of a lane's life: its growing would be measured otherwise.
    private static readonly WindowOptions Full = new() { ExpectedKeys = new WindowOptions().MaxKeys };

    private readonly RuleSet _rules;
    private readonly RuleIndex _index;
    private readonly EventDecoder _decoder;
    private readonly EventWindow _window = new(Full);
    private readonly Dictionary<string, IDistrictKernel> _kernels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<BatchStep>.Builder> _steps = new(StringComparer.Ordinal);
    private long _frontTicks = long.MinValue;
    private long _sequence;
    private EvaluationTally _tally;

    public MatchLane(RuleSet rules, RuleIndex index, IEnumerable<string> districts)
    {
        (_rules, _index) = (rules, index);
        _decoder = new EventDecoder(rules, new DistrictResolver(rules, null), new IngestOptions());
        foreach (string district in districts)
            KernelOf(district);
    }

    /// <summary>The districts that had something to evaluate.</summary>
    public IReadOnlyCollection<string> Districts => _kernels.Keys;

    public MatchPass Run(EventLines lines)
    {
        GC.Collect();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < lines.Count; i++)
        {
            Take(lines[i], i);
            if ((i + 1) % BatchRecords == 0)
                Evaluate();
        }

        Evaluate();
        return new MatchPass(Stopwatch.GetElapsedTime(started).TotalSeconds, _tally.Hits, _tally.Opened, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private void Take(ReadOnlyMemory<byte> line, long offset)
    {
        if (_decoder.Decode(line.Span, TimeBounds.None) is not null)
            return;
        DecodedEvent decoded = _decoder.Event;
        if (_window.Admit(decoded.Key, decoded.PayloadHash, new Coordinate(0, offset)) != WindowVerdict.New)
            return;
        Punctuality punctuality = decoded.TimeTicks < _frontTicks ? Punctuality.Late : Punctuality.InTime;
        _frontTicks = Math.Max(_frontTicks, decoded.TimeTicks);
        RuleBucket bucket = _index.Find(decoded.Type, decoded.District);
        if (bucket.IsEmpty || !decoded.Concerns(bucket))
            return;
        StepsOf(decoded.District).Add(new BatchStep(_frontTicks, decoded.Keep(), bucket, 0, punctuality));
    }

    private ImmutableArray<BatchStep>.Builder StepsOf(string district)
    {
        if (!_steps.TryGetValue(district, out ImmutableArray<BatchStep>.Builder? steps))
            _steps[district] = steps = ImmutableArray.CreateBuilder<BatchStep>();
        return steps;
    }

    private void Evaluate()
    {
        _sequence++;
        foreach ((string district, ImmutableArray<BatchStep>.Builder steps) in _steps)
        {
            if (steps.Count > 0)
                _tally += KernelOf(district).Evaluate(new DistrictBatch(district, _sequence, _frontTicks, steps.DrainToImmutable())).Tally;
        }
    }

    private IDistrictKernel KernelOf(string district)
    {
        if (!_kernels.TryGetValue(district, out IDistrictKernel? kernel))
            _kernels[district] = kernel = new DistrictKernel(district, _rules, _index, new KernelOptions(PeopleClock.Event));
        return kernel;
    }
}
