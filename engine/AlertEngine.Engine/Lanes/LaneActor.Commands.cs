using Akka.Actor;
using Akka.Event;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <content>How commands are carried out.</content>
public sealed partial class LaneActor
{
    private void CarryOut(LaneCommand command)
    {
        switch (command)
        {
            case LaneCommand.TakeNext: Self.Tell(new LaneInput.NextTaken()); break;
            case LaneCommand.Evaluate evaluate: Evaluate(evaluate); break;
            case LaneCommand.ApplyDelta apply: District(apply.District).Tell(new DistrictActor.ApplyDelta(apply.Delta)); break;
            case LaneCommand.RestoreDistrict restore: District(restore.District).Tell(new DistrictActor.RestoreState(restore.State)); break;
            case LaneCommand.EncodeSlice encode: District(encode.District).Tell(new DistrictActor.EncodeState(encode.Part, encode.Sequence, encode.MaxBytes)); break;
            case LaneCommand.Persist persist:
                _measures.Writing();
                _journal.Tell(persist);
                break;
            case LaneCommand.SaveSnapshot or LaneCommand.Prune: _journal.Tell(command); break;
            case LaneCommand.RecoverJournal: Recover(); break;
            case LaneCommand.ReportProgress report: Report(report.Progress); break;
            case LaneCommand.Notice notice: _log.Notices(notice.Text); break;
            case LaneCommand.Complete or LaneCommand.Halt or LaneCommand.StopLane or LaneCommand.Restart: EndLife(command); break;
            default: CarryOutIo(command); break;
        }
    }

    private void CarryOutIo(LaneCommand command)
    {
        CancellationToken cancellation = _life.Token;
        switch (command)
        {
            case LaneCommand.InitTransactions:
                Pipe("fencing the predecessor", async () => { await _outputs.InitialiseAsync(cancellation); return new LaneInput.TransactionsInitialised(); });
                break;
            case LaneCommand.ReadPosition:
                Pipe("reading the position", async () => new LaneInput.PositionRead(await _outputs.ReadPositionAsync(cancellation)));
                break;
            case LaneCommand.ReadTail read:
                Pipe("reading the tail of the outputs", async () => new LaneInput.TailRead(await _outputs.ReadTailAsync(read.Position, cancellation)));
                break;
            case LaneCommand.Publish publish:
                Pipe("publishing", async () => new Published(publish.Outputs, await _outputs.PublishAsync(publish.Outputs, publish.Position, cancellation)));
                break;
            case LaneCommand.Seek seek:
                Pipe("placing the inputs", async () => { await _inputs.SeekAsync(seek.Offsets, cancellation); return new LaneInput.Sought(); });
                break;
            case LaneCommand.Fetch fetch:
                Pipe("reading the inputs", async () => Fetched(await _inputs.FetchAsync(fetch.MaxRecords, fetch.Wanted, cancellation)));
                break;
            case LaneCommand.AskDedup ask:
                Pipe("asking the shared memory", async () => new LaneInput.DedupAnswered(await _dedup!.AskAsync(ask.Questions, cancellation)));
                break;
            default:
                throw new InvalidOperationException($"nobody carries out {command.GetType().Name}");
        }
    }

    /// <summary>The protocol goes on counting in its tally while the owner reads: it gets a copy.</summary>
    private void Report(LaneProgress progress)
    {
        _log.Persisted(progress.Batch);
        _measures.Persisted(progress);
        LaneTally copy = new();
        copy.Add(progress.Tally);
        _owner.Tell(new LaneReport.Progress(_setup.Options.Lane, progress with { Tally = copy }));
    }

    private LaneInput Fetched(InputFetch fetch) => new LaneInput.RecordsFetched(fetch, NowTicks());

    /// <summary>On the pool, so that a port that works without waiting does not hold the lane up.</summary>
    private void Pipe<T>(string doing, Func<Task<T>> effect) =>
        Task.Run(effect).PipeTo(Self, failure: cause => new Faulted(doing, cause));

    private void Recover()
    {
        _journal = Context.ActorOf(Props.Create(() => new LaneJournalActor(_setup, Self)), "journal");
        Context.Watch(_journal);
    }

    private void Evaluate(LaneCommand.Evaluate evaluate)
    {
        _measures.Closed(evaluate.Batches[0].Sequence);
        foreach (DistrictBatch batch in evaluate.Batches)
            District(batch.District).Tell(batch);
    }

    private IActorRef District(string district)
    {
        if (!_districts.TryGetValue(district, out IActorRef? actor))
        {
            // By number: a district's code may hold anything.
            actor = Context.ActorOf(DistrictActor.Props(district, _setup.MakeKernel), $"district-{_districts.Count}");
            _districts[district] = actor;
        }

        return actor;
    }

    private void EndLife(LaneCommand command)
    {
        int lane = _setup.Options.Lane;
        switch (command)
        {
            case LaneCommand.Restart restart:
                _lives.Suspicion = restart.SuspicionAfter(_lives.Suspicion);
                _owner.Tell(new LaneReport.Restarting(lane, restart.Reason));
                throw new LaneRestartException(restart.Reason);
            case LaneCommand.Complete complete:
                _owner.Tell(new LaneReport.Completed(lane, complete.Tally));
                break;
            case LaneCommand.Halt halt:
                _log.Halts(halt.Reason);
                _owner.Tell(new LaneReport.Halted(lane, halt.Reason, halt.Cause));
                break;
            case LaneCommand.StopLane stop:
                _log.Stops(stop.Reason);
                _owner.Tell(new LaneReport.Stopped(lane, stop.Reason));
                break;
        }

        Context.Stop(Self);
    }
}
