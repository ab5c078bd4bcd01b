using System.Diagnostics;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Benchmarks.Recovery;

/// <summary>
/// One life of a lane on one thread: the real protocol and kernels, its journal and input in memory, and a stop-watch around every step that
/// holds the next batch up. What waits for a fetch that has nothing to bring is left waiting, so that a life can go on when there is more.
/// </summary>
internal sealed class MeasuredLane(LaneProtocol protocol, Func<string, IDistrictKernel> kernelOf, StoredJournal journal, GaugeRecords records)
{
    private readonly Dictionary<string, IDistrictKernel> _kernels = new(StringComparer.Ordinal);
    private readonly Queue<LaneInput> _answers = new();
    private LaneCommand.Fetch? _unanswered;

    /// <summary>The longest step of the protocol.</summary>
    public TimeSpan LongestStep { get; private set; }

    /// <summary>The longest wait for a part of a district.</summary>
    public TimeSpan LongestSlice { get; private set; }

    /// <summary>The longest that one batch was held up: its step of the protocol, and all parts that districts encode before it.</summary>
    public TimeSpan LongestHold { get; private set; }

    /// <summary>All waits for parts of districts, together.</summary>
    public TimeSpan Slices { get; private set; }

    /// <summary>The processor time of those waits, collections of garbage with it: unlike the waits, the same on a busy machine.</summary>
    public TimeSpan SlicesProcessor { get; private set; }

    /// <summary>The longest of them, in processor time.</summary>
    public TimeSpan LongestSliceProcessor { get; private set; }

    /// <summary>How many there were.</summary>
    public int SliceCount { get; private set; }

    /// <summary>How long the snapshot's own encoding took, which nobody waits for: the store does it.</summary>
    public TimeSpan Saving { get; private set; }

    /// <summary>From the stored bytes to the lane's state after the snapshot.</summary>
    public TimeSpan Restoring { get; private set; }

    /// <summary>From the stored bytes of the rows behind it to the state after them.</summary>
    public TimeSpan Applying { get; private set; }

    /// <summary>The processor time of both, collections of garbage with it.</summary>
    public TimeSpan RecoveryProcessor { get; private set; }

    /// <summary>The encoded states of all districts, in bytes.</summary>
    public long StateBytes => _kernels.Values.Sum(kernel => (long)kernel.EncodePart(0, 0, int.MaxValue).State.Length);

    /// <summary>Forgets what was measured so far.</summary>
    public void Reset()
    {
        LongestStep = LongestSlice = LongestHold = Slices = SlicesProcessor = LongestSliceProcessor = default;
        SliceCount = 0;
    }

    /// <summary>Takes the lane over and goes on until there is nothing to read.</summary>
    public void Start()
    {
        Give(new LaneInput.Started(records.NowTicks));
        GoOn();
    }

    /// <summary>Goes on until there is nothing to read.</summary>
    public void GoOn()
    {
        if (_unanswered is { } fetch)
            Fetch(fetch);
        while (_answers.TryDequeue(out LaneInput? answer))
            Give(answer);
        if (protocol.Phase != LanePhase.Running)
            throw new InvalidOperationException($"the lane is {protocol.Phase}");
    }

    private void Give(LaneInput input)
    {
        long began = Stopwatch.GetTimestamp();
        IReadOnlyList<LaneCommand> commands = protocol.Handle(input);
        TimeSpan step = Stopwatch.GetElapsedTime(began);
        LongestStep = step > LongestStep ? step : LongestStep;
        TimeSpan encodedBefore = Slices;
        foreach (LaneCommand command in commands)
            CarryOut(command);
        TimeSpan hold = step + Slices - encodedBefore;
        LongestHold = hold > LongestHold ? hold : LongestHold;
    }

    private void CarryOut(LaneCommand command)
    {
        switch (command)
        {
            case LaneCommand.TakeNext: _answers.Enqueue(new LaneInput.NextTaken()); break;
            case LaneCommand.Fetch fetch: Fetch(fetch); break;
            case LaneCommand.Evaluate evaluate: Evaluate(evaluate); break;
            case LaneCommand.EncodeSlice encode: Encode(encode); break;
            case LaneCommand.RestoreDistrict restore: Kernel(restore.District).Restore(restore.State); break;
            case LaneCommand.ApplyDelta apply: Kernel(apply.District).Apply(apply.Delta); break;
            case LaneCommand.Persist persist: _answers.Enqueue(new LaneInput.Persisted(journal.Write(persist.Rows))); break;
            case LaneCommand.SaveSnapshot save: Save(save.Snapshot); break;
            case LaneCommand.Prune prune: journal.Prune(prune.UpToRowNumber); break;
            case LaneCommand.ReportProgress: break;
            default: TakeOver(command); break;
        }
    }

    private void TakeOver(LaneCommand command)
    {
        switch (command)
        {
            case LaneCommand.InitTransactions: _answers.Enqueue(new LaneInput.TransactionsInitialised()); break;
            case LaneCommand.RecoverJournal: Recover(); break;
            case LaneCommand.ReadPosition: _answers.Enqueue(new LaneInput.PositionRead(null)); break;
            case LaneCommand.ReadTail: _answers.Enqueue(new LaneInput.TailRead(new OutputTail([], []))); break;
            case LaneCommand.Seek seek:
                records.Seek(seek.Offsets[0]);
                _answers.Enqueue(new LaneInput.Sought());
                break;
            default: throw new InvalidOperationException($"{command} does not belong to a lane without outputs");
        }
    }

    private void Fetch(LaneCommand.Fetch fetch)
    {
        var taken = records.Take(fetch.MaxRecords);
        _unanswered = taken.IsEmpty ? fetch : null;
        if (!taken.IsEmpty)
            _answers.Enqueue(new LaneInput.RecordsFetched(new InputFetch(taken, []), records.NowTicks));
    }

    private void Evaluate(LaneCommand.Evaluate evaluate)
    {
        foreach (DistrictBatch batch in evaluate.Batches)
            _answers.Enqueue(new LaneInput.DistrictEvaluated(Kernel(batch.District).Evaluate(batch)));
    }

    private void Encode(LaneCommand.EncodeSlice encode)
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        StatePart part = Kernel(encode.District).EncodePart(encode.Part, encode.Sequence, encode.MaxBytes);
        TimeSpan took = Stopwatch.GetElapsedTime(began);
        processor = Environment.CpuUsage.TotalTime - processor;
        SlicesProcessor += processor;
        LongestSliceProcessor = processor > LongestSliceProcessor ? processor : LongestSliceProcessor;
        LongestSlice = took > LongestSlice ? took : LongestSlice;
        Slices += took;
        SliceCount++;
        _answers.Enqueue(new LaneInput.SliceEncoded(new DistrictSlice(encode.District, encode.Part, part.Sequence, part.State), part.IsLast));
    }

    private void Save(LaneSnapshot snapshot)
    {
        long began = Stopwatch.GetTimestamp();
        journal.Save(snapshot);
        Saving = Stopwatch.GetElapsedTime(began);
        _answers.Enqueue(new LaneInput.SnapshotSaved(true));
    }

    private void Recover()
    {
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        foreach (LaneInput input in journal.Recover())
        {
            Give(input);
            if (input is not LaneInput.SnapshotRecovered)
                continue;
            Restoring = Stopwatch.GetElapsedTime(began);
            began = Stopwatch.GetTimestamp();
        }

        Applying = Stopwatch.GetElapsedTime(began);
        RecoveryProcessor = Environment.CpuUsage.TotalTime - processor;
    }

    private IDistrictKernel Kernel(string district)
    {
        if (!_kernels.TryGetValue(district, out IDistrictKernel? kernel))
            _kernels[district] = kernel = kernelOf(district);
        return kernel;
    }
}
