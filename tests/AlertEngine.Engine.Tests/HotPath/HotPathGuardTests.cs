using Xunit;

namespace AlertEngine.Engine.Tests.HotPath;

/// <summary>
/// Goal: the hot path does not grow unseen. Method: what is counted is the same on every machine, calls to the world a batch and bytes an event;
/// each figure below was measured when it was written, and more than a tenth above it fails. A change that is worth its cost raises it here.
/// </summary>
public sealed class HotPathGuardTests
{
    private const int Batches = 40;
    private const int WarmUpBatches = 10;
    private const double Tenth = 1.1;

    [Fact]
    public void A_batch_costs_one_row_and_one_message_a_district_and_a_fetch_one_pipeline_at_most()
    {
        CountedLane lane = new CountedLane(Batches, readPercent: 20, highestValue: 80).Run();
        Assert.InRange(lane.Batches, Batches, Batches + 2);
        Assert.Equal(lane.Batches, lane.Rows);
        Assert.InRange(lane.Pipelines, 1, Batches * CountedLane.BatchRecords / CountedLane.FetchRecords);
        Assert.InRange(lane.Messages, 1, Batches * CountedLane.Districts);
        Assert.InRange(lane.Publications, 0, Batches);
    }

    [Fact]
    public void The_shared_memory_is_asked_about_events_that_a_rule_reads_and_no_others()
    {
        CountedLane lane = new CountedLane(Batches, readPercent: 20, highestValue: 80).Run();
        Assert.Equal(Batches * CountedLane.BatchRecords / 5, lane.Questions);
    }

    [Fact]
    public void An_event_that_no_rule_reads_costs_no_more_bytes_than_it_did() =>
        Assert.InRange(BytesAnEvent(readPercent: 0, highestValue: 80), 0, 95 * Tenth);

    [Fact]
    public void An_event_that_a_rule_reads_and_does_not_open_costs_no_more_bytes_than_it_did() =>
        Assert.InRange(BytesAnEvent(readPercent: 100, highestValue: 80), 0, 648 * Tenth);

    [Fact]
    public void An_event_that_belongs_to_an_open_alert_costs_no_more_bytes_than_it_did() =>
        Assert.InRange(BytesAnEvent(readPercent: 100, highestValue: 9_000), 0, 2_823 * Tenth);

    private static double BytesAnEvent(int readPercent, double highestValue) =>
        (double)new CountedLane(Batches, readPercent, highestValue).Run(WarmUpBatches).AllocatedBytes / ((Batches - WarmUpBatches) * CountedLane.BatchRecords);
}
