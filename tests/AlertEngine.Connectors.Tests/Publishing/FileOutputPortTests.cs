using System.Collections.Immutable;
using System.Text;
using AlertEngine.Connectors.Files.Publishing;
using AlertEngine.Engine.Ports;
using Xunit;

namespace AlertEngine.Connectors.Tests.Publishing;

public sealed class FileOutputPortTests : IDisposable
{
    private static readonly PublishPosition AnyPosition = new(0, [], [], "");

    private readonly string _folder = Directory.CreateTempSubdirectory("alertengine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_is_the_event_with_the_lanes_numbers_before_it()
    {
        await using FileOutputPort port = await OpenAsync();
        await port.PublishAsync([Numbered(1, OutputKind.Alert, 1), Numbered(2, OutputKind.WorkOrder, 1), Numbered(3, OutputKind.Alert, 2)], AnyPosition, Cancellation);
        Assert.Equal(
            """
            {"aelane":7,"aeemitseq":1,"aetopicseq":1,"id":"1"}
            {"aelane":7,"aeemitseq":3,"aetopicseq":2,"id":"3"}

            """,
            await ReadAsync("alerts.ndjson"));
        Assert.Equal("{\"aelane\":7,\"aeemitseq\":2,\"aetopicseq\":1,\"id\":\"2\"}\n", await ReadAsync("workorders.ndjson"));
        Assert.Equal("", await ReadAsync("deadletters.ndjson"));
    }

    [Fact]
    public async Task A_last_line_that_a_crash_left_unfinished_is_cut_off()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "alerts.ndjson"), "{\"aelane\":7,\"aeemitseq\":1,\"aetopicseq\":1,\"id\":\"1\"}\n{\"aelane\":7,\"aee", Cancellation);
        await using FileOutputPort port = await OpenAsync();
        Assert.Equal([1L], (await port.ReadTailAsync(null, Cancellation)).Visible);
        await port.PublishAsync([Numbered(2, OutputKind.Alert, 2)], AnyPosition, Cancellation);
        Assert.Equal(2, (await ReadAsync("alerts.ndjson")).Count(next => next == '\n'));
    }

    [Fact]
    public async Task The_tail_tells_what_of_an_incomplete_commit_is_there()
    {
        await using (FileOutputPort before = await OpenAsync())
            await before.PublishAsync([Numbered(1, OutputKind.Alert, 1), Numbered(2, OutputKind.WorkOrder, 1)], AnyPosition, Cancellation);
        // The commit of 3 to 5 got no further than the orders.
        await File.AppendAllTextAsync(Path.Combine(_folder, "workorders.ndjson"), "{\"aelane\":7,\"aeemitseq\":4,\"aetopicseq\":2,\"id\":\"4\"}\n", Cancellation);
        await using FileOutputPort port = await OpenAsync();
        PublishPosition? position = await port.ReadPositionAsync(Cancellation);
        Assert.Equal(0, position!.EmitSeq);
        Assert.Equal([1L, 2, 4], (await port.ReadTailAsync(position, Cancellation)).Visible);
    }

    [Fact]
    public async Task The_position_stays_a_whole_commit_behind_the_highest_number()
    {
        const int Outputs = 25_000;
        await using FileOutputPort port = await OpenAsync();
        for (int first = 1; first <= Outputs; first += 5_000)
            await port.PublishAsync([.. Enumerable.Range(first, 5_000).Select(number => Numbered(number, number % 3 == 0 ? OutputKind.Alert : OutputKind.WorkOrder, number))], AnyPosition, Cancellation);
        PublishPosition? position = await port.ReadPositionAsync(Cancellation);
        Assert.Equal(Outputs - FileOutputPort.CommitOutputsLimit, position!.EmitSeq);
        ImmutableArray<long> visible = (await port.ReadTailAsync(position, Cancellation)).Visible;
        Assert.Equal(Enumerable.Range(15_001, 10_000).Select(number => (long)number), visible);
    }

    [Fact]
    public async Task An_empty_folder_has_no_position()
    {
        await using FileOutputPort port = await OpenAsync();
        Assert.Null(await port.ReadPositionAsync(Cancellation));
    }

    [Fact]
    public async Task A_file_of_another_program_is_not_taken_for_ours()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "alerts.ndjson"), "{\"id\":\"1\"}\n", Cancellation);
        await using FileOutputPort port = await OpenAsync();
        InvalidDataException foreign = await Assert.ThrowsAsync<InvalidDataException>(async () => await port.ReadPositionAsync(Cancellation));
        Assert.Equal("a line without aeemitseq: the file was not written by the engine", foreign.Message);
    }

    [Fact]
    public async Task Lanes_that_share_a_folder_know_their_own_numbers_and_what_a_lane_says_to_another_carries_its_time()
    {
        await using (FileOutputPort other = new(_folder, 8))
        {
            await other.InitialiseAsync(Cancellation);
            var told = new Output(OutputKind.City, "alertengine.city.v1", "event", "{\"specversion\":\"1.0\"}"u8.ToArray()) { Transit = new OutputTransit(-5, 0) };
            await other.PublishAsync([new NumberedOutput(3, 2, told)], new PublishPosition(3, [], [], ""), Cancellation);
        }

        await using FileOutputPort port = await OpenAsync();
        Assert.Null(await port.ReadPositionAsync(Cancellation));
        Assert.Equal("{\"aelane\":8,\"aeemitseq\":3,\"aetopicseq\":2,\"aewatermark\":-5,\"aekey\":\"event\",\"specversion\":\"1.0\"}\n", await File.ReadAllTextAsync(Path.Combine(_folder, "city.ndjson"), Cancellation));
    }

    private async Task<FileOutputPort> OpenAsync()
    {
        FileOutputPort port = new(_folder, 7);
        await port.InitialiseAsync(Cancellation);
        return port;
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(_folder, name), Cancellation);

    private static NumberedOutput Numbered(long number, OutputKind kind, long topicSeq) =>
        new(number, topicSeq, new Output(kind, kind.ToString(), "k", Encoding.UTF8.GetBytes($"{{\"id\":\"{number}\"}}")));
}
