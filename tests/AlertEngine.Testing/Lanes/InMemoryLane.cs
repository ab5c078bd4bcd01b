using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Testing.Lanes;

/// <summary>
/// One life of a lane without actors: the same protocol, its commands carried out on a <see cref="MemoryWorld"/>. Answers come back in an order
/// that the seed chooses, as far as the real things leave it open, and the process may die before or after any effect.
/// </summary>
public sealed class InMemoryLane
{
    private readonly MemoryWorld _world;
    private readonly LaneProtocol _protocol;
    private readonly Func<string, IDistrictKernel> _kernelOf;
    private readonly Dictionary<string, IDistrictKernel> _kernels = new(StringComparer.Ordinal);
    private readonly List<Func<LaneInput?>> _pending = [];
    private readonly Random? _random;
    private long[] _reading = [];

    public InMemoryLane(
        MemoryWorld world, LaneOptions options, LaneRules rules, Random? random, IRecordDecoder? decoder = null, Func<string, IDistrictKernel>? kernelOf = null)
    {
        _world = world;
        _random = random;
        _kernelOf = kernelOf ?? (district => new TracingKernel(district));
        _protocol = new LaneProtocol(options, rules, decoder ?? new LineDecoder(), new MemoryWindow(), world.Descriptions);
    }

    /// <summary>The command that ended this life; null where it was killed.</summary>
    public LaneCommand? Last { get; private set; }

    public LaneProtocol Protocol => _protocol;

    public long NowTicks { get; set; }

    /// <summary>The inputs that the newest fetch wanted.</summary>
    public ImmutableArray<int> LastWanted { get; private set; } = [];

    /// <summary>Decides the outcome of a publication; committed where it is null.</summary>
    public Func<PublishStatus>? Publishing { get; set; }

    /// <summary>Which outputs of a publication are refused, and how; nothing is where it is null.</summary>
    public Func<ImmutableArray<NumberedOutput>, ImmutableArray<RefusedOutput>>? Refusing { get; set; }

    /// <summary>How a publication with refused outputs ends.</summary>
    public PublishStatus RefusedStatus { get; set; } = PublishStatus.Aborted;

    /// <summary>What people were told.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>The shared memory of de-duplication.</summary>
    public Func<ImmutableArray<DedupQuestion>, ImmutableArray<DedupAnswer>>? Asking { get; set; }

    /// <summary>What each batch that was handed to a district had.</summary>
    public List<DistrictBatch> Evaluated { get; } = [];

    /// <summary>Runs until the lane ends, or for so many steps, after which it is killed.</summary>
    public bool Run(int steps = int.MaxValue)
    {
        Give(new LaneInput.Started(NowTicks));
        for (; steps > 0 && Last is null && _pending.Count > 0; steps--)
            Step();
        return Last is not null;
    }

    /// <summary>Carries out what is under way, so many steps of it: a live lane never has nothing to do, for it reads on.</summary>
    public void Go(int steps)
    {
        while (steps-- > 0 && Step())
        {
        }
    }

    /// <summary>Gives an input from outside, a tick or a stop.</summary>
    public void Give(LaneInput input)
    {
        foreach (LaneCommand command in _protocol.Handle(input))
            Take(command);
    }

    /// <summary>Carries out one thing that is under way and hands over its answer.</summary>
    public bool Step()
    {
        if (_pending.Count == 0 || Last is not null)
            return false;
        int next = _random?.Next(_pending.Count) ?? 0;
        Func<LaneInput?> effect = _pending[next];
        _pending.RemoveAt(next);
        if (effect() is { } answer)
            Give(answer);
        return true;
    }

    private void Take(LaneCommand command)
    {
        switch (command)
        {
            case LaneCommand.RecoverJournal: Recover(); break;
            case LaneCommand.RestoreDistrict restore: Kernel(restore.District).Restore(restore.State); break;
            case LaneCommand.ApplyDelta apply: Kernel(apply.District).Apply(apply.Delta); break;
            case LaneCommand.Evaluate evaluate: Evaluate(evaluate.Batches); break;
            case LaneCommand.EncodeSlice encode: Encode(encode); break;
            case LaneCommand.Persist persist: Persist(persist.Rows); break;
            case LaneCommand.Publish publish: Publish(publish); break;
            case LaneCommand.SaveSnapshot save: Later(() => { _world.Save(save.Snapshot); return new LaneInput.SnapshotSaved(true); }); break;
            case LaneCommand.Prune prune: Later(() => { _world.Prune(prune.UpToRowNumber); return null; }); break;
            case LaneCommand.ReportProgress: break;
            case LaneCommand.Notice notice: Notices.Add(notice.Text); break;
            case LaneCommand.Complete or LaneCommand.Halt or LaneCommand.StopLane or LaneCommand.Restart: Last = command; break;
            default: TakeReading(command); break;
        }
    }

    private void TakeReading(LaneCommand command)
    {
        switch (command)
        {
            case LaneCommand.InitTransactions: Later(() => new LaneInput.TransactionsInitialised()); break;
            case LaneCommand.ReadPosition: Later(() => new LaneInput.PositionRead(_world.Position)); break;
            case LaneCommand.ReadTail read: Later(() => new LaneInput.TailRead(_world.ReadTail(read.Position))); break;
            case LaneCommand.Seek seek: Later(() => { _reading = [.. seek.Offsets.Select(offset => Math.Max(0, offset))]; return new LaneInput.Sought(); }); break;
            case LaneCommand.Fetch fetch:
                LastWanted = fetch.Wanted;
                Later(() => new LaneInput.RecordsFetched(_world.Fetch(_reading, Some(fetch.MaxRecords), fetch.Wanted), NowTicks));
                break;
            case LaneCommand.AskDedup ask: Later(() => new LaneInput.DedupAnswered(Asking!(ask.Questions))); break;
            case LaneCommand.TakeNext: Later(() => new LaneInput.NextTaken()); break;
            default: throw new NotSupportedException($"{command.GetType().Name} is not part of this world");
        }
    }

    /// <summary>A fetch may bring less than it was asked for.</summary>
    private int Some(int maxRecords) => _random is null ? maxRecords : _random.Next(1, maxRecords + 1);

    private void Recover()
    {
        foreach (LaneInput input in _world.Recover())
            Give(input);
    }

    private void Evaluate(ImmutableArray<DistrictBatch> batches)
    {
        foreach (DistrictBatch batch in batches)
        {
            Evaluated.Add(batch);
            DistrictResult result = Kernel(batch.District).Evaluate(batch);
            Later(() => new LaneInput.DistrictEvaluated(result));
        }
    }

    private void Encode(LaneCommand.EncodeSlice encode)
    {
        StatePart part = Kernel(encode.District).EncodePart(encode.Part, encode.Sequence, encode.MaxBytes);
        DistrictSlice slice = new(encode.District, encode.Part, part.Sequence, part.State);
        Later(() => new LaneInput.SliceEncoded(slice, part.IsLast));
    }

    /// <summary>Two things under way: the write, and its answer. A death between them leaves the rows without the lane knowing.</summary>
    private void Persist(ImmutableArray<LaneRow> rows) => Later(() =>
    {
        long last = _world.Write(rows);
        Later(() => new LaneInput.Persisted(last));
        return null;
    });

    private void Publish(LaneCommand.Publish publish) => Later(() =>
    {
        ImmutableArray<RefusedOutput> refused = Refusing?.Invoke(publish.Outputs) ?? [];
        PublishStatus status = !refused.IsEmpty ? RefusedStatus : Publishing?.Invoke() ?? PublishStatus.Committed;
        bool isCommitted = status == PublishStatus.Committed || (status == PublishStatus.Unknown && refused.IsEmpty && _random!.Next(2) == 0);
        if (isCommitted)
            _world.Commit(publish.Outputs, publish.Position);
        Later(() => new LaneInput.PublishEnded(new PublishOutcome(status, [], "", refused)));
        return null;
    });

    private void Later(Func<LaneInput?> effect) => _pending.Add(effect);

    private IDistrictKernel Kernel(string district)
    {
        if (!_kernels.TryGetValue(district, out IDistrictKernel? kernel))
            _kernels[district] = kernel = _kernelOf(district);
        return kernel;
    }
}
