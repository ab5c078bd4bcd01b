using System.Text;
using AlertEngine.Engine.Lanes;
using Xunit;

namespace AlertEngine.Engine.Tests.Lanes;

/// <summary>
/// Goal: a district comes back as it was though its snapshot was taken in parts while it went on. Method: the order in which slices and deltas are
/// handed to it, as text. That this order gives the same state is what <see cref="KernelInvarianceTests"/> show.
/// </summary>
public sealed class RecoveredSlicesTests
{
    [Fact]
    public void Slices_and_deltas_come_in_the_order_in_which_they_were_so()
    {
        RecoveredSlices slices = new();
        Assert.Equal("restore 0@5", Text(slices.Begin([Slice(0, 5), Slice(1, 5), Slice(2, 7), Slice(3, 9)])));
        Assert.Equal("", Text(slices.Apply(Delta(5), 5)));
        Assert.Equal("1@5, delta 6", Text(slices.Apply(Delta(6), 6)));
        Assert.Equal("delta 7", Text(slices.Apply(Delta(7), 7)));
        Assert.Equal("2@7, delta 9", Text(slices.Apply(Delta(9), 9)));
        Assert.Equal("3@9", Text(slices.End(9)));
    }

    [Fact]
    public void A_slice_waits_for_no_batch_that_has_nothing_for_its_district()
    {
        RecoveredSlices slices = new();
        Text(slices.Begin([Slice(0, 5), Slice(1, 7)]));
        Assert.Equal("delta 6", Text(slices.Apply(Delta(6), 6)));
        Assert.Equal("1@7", Text(slices.Apply(new DistrictDelta("d", default, 0, 0), 8)));
        Assert.Equal("", Text(slices.End(8)));
    }

    [Fact]
    public void A_district_without_a_slice_gets_every_delta() => Assert.Equal("delta 1", Text(new RecoveredSlices().Apply(Delta(1), 1)));

    [Fact]
    public void A_journal_that_ends_before_its_snapshot_is_damaged()
    {
        const string Expected = "the snapshot holds district d as it was after batch 7, but the journal ends with batch 6";
        RecoveredSlices first = new(), later = new();
        Text(first.Begin([Slice(0, 7)]));
        Text(later.Begin([Slice(0, 5), Slice(1, 7)]));
        Assert.Equal(Expected, Assert.Throws<InvalidDataException>(() => Text(first.End(6))).Message);
        Assert.Equal(Expected, Assert.Throws<InvalidDataException>(() => Text(later.End(6))).Message);
    }

    [Fact]
    public void Slices_that_do_not_follow_one_another_are_damaged()
    {
        foreach (DistrictSlice[] slices in (DistrictSlice[][])[[Slice(1, 5)], [Slice(0, 5), Slice(2, 5)], [Slice(0, 5), Slice(1, 4)], [Slice(0, 5), Slice(0, 5)]])
        {
            InvalidDataException damage = Assert.Throws<InvalidDataException>(() => Text(new RecoveredSlices().Begin(slices)));
            Assert.Equal($"part {slices[^1].Part} of district d in the snapshot does not follow what is before it", damage.Message);
        }
    }

    private static DistrictSlice Slice(int part, long sequence) => new("d", part, sequence, Encoding.ASCII.GetBytes($"{part}@{sequence}"));

    private static DistrictDelta Delta(long sequence) => new("d", Encoding.ASCII.GetBytes($"delta {sequence}"), 0, 0);

    private static string Text(IEnumerable<LaneCommand> commands) => string.Join(", ", commands.Select(command => command switch
    {
        LaneCommand.RestoreDistrict restore => $"restore {Encoding.ASCII.GetString(restore.State.Span)}",
        LaneCommand.ApplyDelta apply => Encoding.ASCII.GetString(apply.Delta.Span),
        _ => throw new InvalidOperationException($"{command}"),
    }));
}
