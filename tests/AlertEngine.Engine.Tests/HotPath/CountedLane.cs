using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;
using AlertEngine.Testing.Rules;
using NodaTime;

namespace AlertEngine.Engine.Tests.HotPath;

/// <summary>
/// A lane with the real decoder, window and kernels whose commands are answered at once, and counted: what a batch costs the world, whatever
/// the speed of the machine. Events are made beforehand, so that the bytes that are allocated are the lane's.
/// </summary>
internal sealed class CountedLane
{
    internal const int BatchRecords = 1_000;
    internal const int Districts = 4;

    internal const int FetchRecords = 250;

    private readonly ImmutableArray<InputDescription> _inputs = [new("events", "1", 0, InputKind.Events)];
    private readonly RuleSet _rules = TestRules.Set(TestRules.EachAbove("high", 90, Duration.FromMinutes(10)));
    private readonly RuleIndex _index;
    private readonly Dictionary<string, IDistrictKernel> _kernels = new(StringComparer.Ordinal);
    private readonly Queue<LaneInput> _answers = new();
    private readonly LaneProtocol _protocol;
    private readonly Queue<ImmutableArray<InputRecord>> _records;
    private long _row;

    /// <summary>A lane over so many batches, of whose events so many in a hundred are of a type that a rule reads, with values up to the highest.</summary>
    internal CountedLane(int batches, int readPercent, double highestValue)
    {
        _index = new RuleIndex(_rules.Rules);
        _records = new(Enumerable.Range(0, batches * BatchRecords)
            .Select(number => new InputRecord(0, number, number + 1, default, [], Event(number, number % 100 < readPercent, highestValue)))
            .Chunk(FetchRecords)
            .Select(ImmutableCollectionsMarshal.AsImmutableArray));
        var decoder = new RecordDecoder(
            new EventDecoder(_rules, new DistrictResolver(_rules, null), new IngestOptions()), new CommandDecoder(_rules.City, _inputs), new DeadLetterWriter(_inputs, _rules));
        var options = new LaneOptions { IsReplay = true, BatchRecords = BatchRecords, AsksDedup = true, SnapshotBatches = 1_000 };
        _protocol = new LaneProtocol(options, LaneRules.Of(_rules, _index), decoder, new EventWindow(new WindowOptions { ExpectedKeys = 200_000 }), _inputs);
    }

    internal long Batches { get; private set; }

    internal long Rows { get; private set; }

    internal long Publications { get; private set; }

    internal long Messages { get; private set; }

    internal long Pipelines { get; private set; }

    internal long Questions { get; private set; }

    internal long AllocatedBytes { get; private set; }

    /// <summary>Runs to the end of the inputs; bytes are counted from the batch after <paramref name="warmUpBatches"/> on.</summary>
    internal CountedLane Run(int warmUpBatches = 0)
    {
        long before = 0;
        _answers.Enqueue(new LaneInput.Started(0));
        while (_answers.TryDequeue(out LaneInput? answer))
        {
            foreach (LaneCommand command in _protocol.Handle(answer))
                Take(command);
            if (before == 0 && Batches > warmUpBatches)
                before = GC.GetAllocatedBytesForCurrentThread();
        }

        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return this;
    }

    private void Take(LaneCommand command)
    {
        switch (command)
        {
            case LaneCommand.InitTransactions: _answers.Enqueue(new LaneInput.TransactionsInitialised()); break;
            case LaneCommand.RecoverJournal: _answers.Enqueue(new LaneInput.JournalRecovered(0)); break;
            case LaneCommand.ReadPosition: _answers.Enqueue(new LaneInput.PositionRead(null)); break;
            case LaneCommand.ReadTail: _answers.Enqueue(new LaneInput.TailRead(new OutputTail([], []))); break;
            case LaneCommand.Seek: _answers.Enqueue(new LaneInput.Sought()); break;
            case LaneCommand.Fetch: _answers.Enqueue(new LaneInput.RecordsFetched(Fetch(), 0)); break;
            case LaneCommand.TakeNext: _answers.Enqueue(new LaneInput.NextTaken()); break;
            case LaneCommand.Evaluate evaluate: Evaluate(evaluate.Batches); break;
            case LaneCommand.AskDedup ask: Ask(ask.Questions); break;
            case LaneCommand.Persist persist: Persist(persist.Rows); break;
            case LaneCommand.Publish: Publish(); break;
        }
    }

    private InputFetch Fetch()
    {
        ImmutableArray<InputRecord> records = _records.TryDequeue(out ImmutableArray<InputRecord> next) ? next : [];
        return new InputFetch(records, _records.Count == 0 ? [0] : []);
    }

    private void Evaluate(ImmutableArray<DistrictBatch> batches)
    {
        Messages += batches.Length;
        foreach (DistrictBatch batch in batches)
        {
            if (!_kernels.TryGetValue(batch.District, out IDistrictKernel? kernel))
                _kernels[batch.District] = kernel = new DistrictKernel(batch.District, _rules, _index, new KernelOptions(PeopleClock.Event));
            _answers.Enqueue(new LaneInput.DistrictEvaluated(kernel.Evaluate(batch)));
        }
    }

    private void Ask(ImmutableArray<DedupQuestion> questions)
    {
        Pipelines++;
        Questions += questions.Length;
        _answers.Enqueue(new LaneInput.DedupAnswered(ImmutableArray.CreateRange(questions, _ => DedupAnswer.Ours)));
    }

    private void Persist(ImmutableArray<LaneRow> rows)
    {
        Batches++;
        Rows += rows.Length;
        foreach (LaneRow row in rows)
            LaneRowCodec.Encode(row);
        _answers.Enqueue(new LaneInput.Persisted(_row += rows.Length));
    }

    private void Publish()
    {
        Publications++;
        _answers.Enqueue(new LaneInput.PublishEnded(new PublishOutcome(PublishStatus.Committed, [], "")));
    }

    private static byte[] Event(int number, bool isRead, double highestValue) => Encoding.UTF8.GetBytes(
        $$$"""{"specversion":"1.0","id":"e{{{number}}}","source":"/guard/{{{number % 7}}}","type":"{{{(isRead ? TestRules.EventType : "test.other")}}}","subject":"dev-{{{number % 50}}}","time":"2026-07-01T08:{{{number / 6_000 % 60:00}}}:{{{number / 100 % 60:00}}}Z","district":"D{{{number % Districts}}}","data":{"value":{{{number % 97 * highestValue / 96:0.00}}},"unit":"m","fw":"2.1.{{{number % 5}}}"}}""");
}
