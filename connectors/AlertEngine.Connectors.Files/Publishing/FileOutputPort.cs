using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Files.Publishing;

/// <summary>
/// A lane's outputs as NDJSON files in one folder, one CloudEvent a line. A commit is on the disk before the next begins; within a commit each
/// file is written in the order of <c>emit_seq</c>. So after a crash only the last commit can be incomplete, and in each file what is missing
/// of it is the end: that is what the position and the tail check rest on, and why no position record is needed.
/// </summary>
public sealed class FileOutputPort : IOutputPort
{
    /// <summary>The most outputs a commit may have.</summary>
    public const int CommitOutputsLimit = 10_000;

    private static readonly ImmutableArray<OutputKind> AlwaysThere = [OutputKind.WorkOrder, OutputKind.Alert, OutputKind.DeadLetter];

    private readonly string _folder;
    private readonly int _lane;
    private readonly SortedDictionary<OutputKind, OutputFile> _files = [];

    /// <summary>The outputs of a lane in a folder, which is created where it is missing.</summary>
    public FileOutputPort(string folder, int lane)
    {
        _folder = folder;
        _lane = lane;
    }

    /// <summary>The file of a kind of output.</summary>
    public static string FileNameOf(OutputKind kind) => kind switch
    {
        OutputKind.WorkOrder => "workorders.ndjson",
        OutputKind.Alert => "alerts.ndjson",
        OutputKind.DeadLetter => "deadletters.ndjson",
        OutputKind.Reply => "replies.ndjson",
        OutputKind.Rekeyed => "rekeyed.ndjson",
        OutputKind.City => "city.ndjson",
        OutputKind.Notification => "notifications.ndjson",
        OutputKind.Digest => "digest.ndjson",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a kind of output without a file"),
    };

    /// <summary>Takes away what was written into a folder before.</summary>
    public static void Clear(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (OutputKind kind in Enum.GetValues<OutputKind>())
            File.Delete(Path.Combine(folder, FileNameOf(kind)));
    }

    /// <inheritdoc />
    public ValueTask InitialiseAsync(CancellationToken cancellation)
    {
        CloseFiles();
        Directory.CreateDirectory(_folder);
        foreach (OutputKind kind in Enum.GetValues<OutputKind>())
        {
            if (AlwaysThere.Contains(kind) || File.Exists(Path.Combine(_folder, FileNameOf(kind))))
                FileOf(kind);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<PublishPosition?> ReadPositionAsync(CancellationToken cancellation)
    {
        long highest = _files.Values.Max(file => file.LastEmitSeq(_lane));
        PublishPosition? position = highest == 0 ? null : new PublishPosition(Math.Max(0, highest - CommitOutputsLimit), [], [], "");
        return ValueTask.FromResult(position);
    }

    /// <inheritdoc />
    public ValueTask<OutputTail> ReadTailAsync(PublishPosition? position, CancellationToken cancellation)
    {
        long above = position?.EmitSeq ?? 0;
        ImmutableArray<long> visible = [.. _files.Values.SelectMany(file => file.EmitSeqsAbove(_lane, above)).Order()];
        return ValueTask.FromResult(new OutputTail(visible, Ends()));
    }

    /// <inheritdoc />
    public ValueTask<PublishOutcome> PublishAsync(ImmutableArray<NumberedOutput> outputs, PublishPosition position, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputs.Length, CommitOutputsLimit, nameof(outputs));
        foreach (NumberedOutput output in outputs)
            FileOf(output.Output.Kind).Append(_lane, output);
        foreach (OutputFile file in _files.Values)
            file.Commit();
        return ValueTask.FromResult(new PublishOutcome(PublishStatus.Committed, Ends(), ""));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        CloseFiles();
        return ValueTask.CompletedTask;
    }

    private OutputFile FileOf(OutputKind kind)
    {
        if (!_files.TryGetValue(kind, out OutputFile? file))
            _files[kind] = file = new OutputFile(Path.Combine(_folder, FileNameOf(kind)));
        return file;
    }

    private ImmutableArray<OutputEnd> Ends() => [.. _files.Select(pair => new OutputEnd(FileNameOf(pair.Key), 0, pair.Value.Length))];

    private void CloseFiles()
    {
        foreach (OutputFile file in _files.Values)
            file.Dispose();
        _files.Clear();
    }
}
