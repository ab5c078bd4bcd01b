using System.Globalization;
using System.Text.Json;
using AlertEngine.Engine.Deduplicate;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Publish;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Benchmarks.Recovery;

/// <summary>
/// <c>recovery [--keys 1000000] [--districts 1] [--batches 64]</c>. Question: how long does a snapshot of a lane with a million live keys, each with
/// a pending hold, hold the lane up, how large is it, and how long is the way back from it and so many batches behind it? The database is left out.
/// </summary>
internal static class RecoveryCommand
{
    private const int BatchRecords = 8_192;

    public static int Run(string[] args)
    {
        int keys = Option(args, "--keys", 1_000_000), districts = Option(args, "--districts", 1), batches = Option(args, "--batches", 64);
        RuleSet rules = GaugeRules.Load("hold: { when: event.level_m > 3.0, for: 10m, gap: 3m }");
        var records = new GaugeRecords(keys, districts);
        var journal = new StoredJournal();
        MeasuredLane lane = NewLane(rules, journal, records);
        lane.Start();
        long fullAt = Fill(lane, records, keys);
        TimeSpan undisturbed = lane.LongestStep;
        AwaitSnapshot(lane, records, journal, fullAt);
        TimeSpan disturbed = lane.LongestStep;
        records.End += batches * (long)BatchRecords;
        lane.GoOn();
        MeasuredLane next = NewLane(rules, journal, records);
        next.Start();
        Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["question"] = "what a snapshot costs a lane, and the way back from it",
            ["keys"] = keys,
            ["districts"] = districts,
            ["snapshot_bytes"] = journal.Snapshot!.Length,
            ["held_up_longest_ms"] = Milliseconds(lane.LongestHold),
            ["slices"] = lane.SliceCount,
            ["slice_longest_ms"] = Milliseconds(lane.LongestSlice),
            ["slice_longest_processor_ms"] = Milliseconds(lane.LongestSliceProcessor),
            ["slices_all_ms"] = Milliseconds(lane.Slices),
            ["slices_processor_ms"] = Milliseconds(lane.SlicesProcessor),
            ["lane_step_longest_ms"] = Milliseconds(disturbed),
            ["lane_step_longest_before_ms"] = Milliseconds(undisturbed),
            ["saving_ms"] = Milliseconds(lane.Saving),
            ["restore_ms"] = Milliseconds(next.Restoring),
            ["batches_behind"] = batches,
            ["rows_bytes"] = journal.RowsBytes,
            ["apply_ms"] = Milliseconds(next.Applying),
            ["recovery_processor_ms"] = Milliseconds(next.RecoveryProcessor),
            ["is_same_state"] = lane.StateBytes == next.StateBytes,
        }));
        return 0;
    }

    /// <summary>Every key once; returns how many records that took.</summary>
    private static long Fill(MeasuredLane lane, GaugeRecords records, int keys)
    {
        records.End = keys;
        lane.GoOn();
        lane.Reset();
        records.End += BatchRecords;
        lane.GoOn();
        return records.End;
    }

    /// <summary>Goes on until a snapshot was begun behind the fill and saved: the one before may hold fewer keys.</summary>
    private static void AwaitSnapshot(MeasuredLane lane, GaugeRecords records, StoredJournal journal, long fullAt)
    {
        while (journal.SnapshotSequence * BatchRecords <= fullAt)
        {
            long before = journal.SnapshotSequence;
            records.End += BatchRecords;
            lane.GoOn();
            if (records.End > fullAt * 8)
                throw new InvalidOperationException("no snapshot came");
            if (journal.SnapshotSequence != before && journal.SnapshotSequence * BatchRecords <= fullAt)
                lane.Reset();
        }
    }

    private static MeasuredLane NewLane(RuleSet rules, StoredJournal journal, GaugeRecords records)
    {
        var index = new RuleIndex(rules.Rules);
        var decoder = new RecordDecoder(
            new EventDecoder(rules, new DistrictResolver(rules, null), new IngestOptions()), new CommandDecoder(rules.City, GaugeRecords.Descriptions), new DeadLetterWriter(GaugeRecords.Descriptions, rules));
        var protocol = new LaneProtocol(new LaneOptions { BatchRecords = BatchRecords }, LaneRules.Of(rules, index), decoder, new EventWindow(new WindowOptions()), GaugeRecords.Descriptions);
        return new MeasuredLane(protocol, district => new DistrictKernel(district, rules, index, new KernelOptions(PeopleClock.Wall)), journal, records);
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);

    private static int Option(string[] args, string name, int otherwise)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
