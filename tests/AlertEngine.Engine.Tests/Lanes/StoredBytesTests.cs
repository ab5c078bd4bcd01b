using System.Text;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: what a release has stored is read by every later one. Method: the bytes of version 2 stand here; they must be what is written and must
/// be read as what was meant. A change that breaks one of them needs a new manifest or version, never new bytes here.
/// </summary>
public sealed class StoredBytesTests
{
    private const string BatchV2 =
        "02060464A003C80103723100020080C8AFA025015440000118070000000000000000000000000000000900000000000000000C01000C64020105333230310564656C"
        + "7461C801FEFFFFFFFFFFFFFFFF010A010006616C657274026B0A7B226964223A2231227D05756E69740000060004000000000002000000000000000107706F69736F6E020105756E697402010533323031040002";

    [Fact]
    public void A_batch_of_version_2_comes_back_as_it_was()
    {
        BatchEvent batch = Batch();
        BatchEvent read = BatchCodec.Decode(BatchCodec.Encode(batch, new StateWriter()).ToArray());
        Assert.Equal((batch.Sequence, batch.Predecessor, batch.NowTicks, batch.FrontTicks, batch.HighestTicks), (read.Sequence, read.Predecessor, read.NowTicks, read.FrontTicks, read.HighestTicks));
        Assert.Equal((batch.RuleSetHash, batch.IsLast, batch.FirstEmitSeq), (read.RuleSetHash, read.IsLast, read.FirstEmitSeq));
        Assert.Equal(batch.LatenessTicks, read.LatenessTicks);
        Assert.Equal(batch.Inputs, read.Inputs);
        Assert.Equal(batch.Admitted, read.Admitted);
        Assert.Equal(batch.Buffered, read.Buffered);
        Assert.Equal("delta", Encoding.UTF8.GetString(read.Deltas.Single().Delta.Span));
        Assert.Equal("{\"id\":\"1\"}", Encoding.UTF8.GetString(read.Outputs.Single().Value.Span));
        Assert.Equal("unit", read.Outputs.Single().DispatchedTo);
        Assert.Equal(batch.Tally.DeadLetters, read.Tally.DeadLetters);
        Assert.Equal(batch.Tally.Districts, read.Tally.Districts);
    }

    [Fact]
    public void The_bytes_of_version_2_are_these()
    {
        Assert.Equal(BatchV2, Convert.ToHexString(BatchCodec.Encode(Batch(), new StateWriter()).Span));
    }

    [Fact]
    public void The_bytes_of_rows_are_these()
    {
        Assert.Equal("0600020301020 3".Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(LaneRowCodec.Encode(new BatchPart(3, 0, 2, new byte[] { 1, 2, 3 }))));
        Assert.Equal(
            "0E0232010201027402690206",
            Convert.ToHexString(LaneRowCodec.Encode(new ResumeRow(7, "2", [1], [new InputIdentity("t", "i", 2, 6)]))));
        Assert.Equal(
            "080102020A010274026902060272",
            Convert.ToHexString(LaneRowCodec.Encode(new AttemptRow(4, 1, 2, new Coordinate(1, 5), [new InputIdentity("t", "i", 2, 6)], "r")))[..28]);
    }

    [Fact]
    public void The_bytes_of_a_snapshot_are_these()
    {
        LaneSnapshot snapshot = new(4, 9, new byte[] { 1, 2 }, [new DistrictSlice("d", 0, 5, new byte[] { 3 }), new DistrictSlice("d", 1, 6, new byte[] { 4 })]);
        byte[] bytes = LaneRowCodec.Encode(snapshot);
        Assert.Equal("lane.snapshot.v4", LaneRowCodec.ManifestOf(snapshot));
        Assert.Equal("0812020102020264000A01030264010C0104", Convert.ToHexString(bytes));
        Assert.Equal(bytes, LaneRowCodec.Encode(LaneRowCodec.Decode("lane.snapshot.v4", bytes)));
    }

    [Fact]
    public void A_version_of_the_future_is_refused_by_name()
    {
        InvalidDataException future = Assert.Throws<InvalidDataException>(() => BatchCodec.Decode(new byte[] { 9 }));
        Assert.Equal("a batch of version 9; this release reads version 2", future.Message);
        InvalidDataException unknown = Assert.Throws<InvalidDataException>(() => LaneRowCodec.Decode("lane.batch-part.v2", default));
        Assert.Equal("the journal holds a 'lane.batch-part.v2', which this release does not know", unknown.Message);
    }

    private static BatchEvent Batch()
    {
        LaneTally tally = new() { Events = 3, Accepted = 2, Duplicates = 0, Evaluation = new EvaluationTally(1, 0, 0, 0, 0, 0, 0, 0) };
        tally.CountDeadLetter("poison");
        tally.Count("3201", new DistrictTally(2, 0, 0));
        tally.CountOrder("3201", "unit");
        return new BatchEvent
        {
            Sequence = 3,
            Predecessor = 2,
            NowTicks = 50,
            FrontTicks = 208,
            HighestTicks = 100,
            RuleSetHash = "r1",
            LatenessTicks = [0, 5_000_000_000],
            Inputs = [new InputMark(42, 32)],
            Admitted = [new AdmittedKey(7, 9, new Coordinate(0, 6))],
            Buffered = [new BufferedEvent(new Coordinate(0, 6), 50, 2)],
            Deltas = [new DistrictDelta("3201", Encoding.UTF8.GetBytes("delta"), 100, long.MaxValue)],
            FirstEmitSeq = 5,
            Outputs = [new Output(OutputKind.WorkOrder, "alert", "k", Encoding.UTF8.GetBytes("{\"id\":\"1\"}"), "unit")],
            Tally = tally,
            IsLast = false,
        };
    }
}
