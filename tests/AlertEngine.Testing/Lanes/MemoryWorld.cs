using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Testing.Lanes;

/// <summary>
/// What survives the death of a process, in memory: the inputs, the journal, what is published. It obeys what the real things promise and no
/// more. The rows go through their stored bytes.
/// </summary>
public sealed class MemoryWorld
{
    private readonly List<(long Number, string Manifest, byte[] Bytes)> _rows = [];
    private readonly List<NumberedOutput> _visible = [];
    private byte[]? _snapshot;
    private long _lastRow;

    public MemoryWorld(params ImmutableArray<string>[] inputs)
    {
        Inputs = [.. inputs];
        Descriptions = [.. inputs.Select((_, number) => new InputDescription($"input-{number}", "1", 0, InputKind.Events))];
    }

    /// <summary>The same world, where an input brings something else than events.</summary>
    public MemoryWorld With(int input, InputKind kind)
    {
        Descriptions = Descriptions.SetItem(input, Descriptions[input] with { Kind = kind });
        return this;
    }

    /// <summary>The lanes that wrote a line, and how far they had come, for those that lanes wrote.</summary>
    public Dictionary<(int Input, int Line), (int Lane, long WatermarkTicks)> Senders { get; } = [];

    /// <summary>The engines whose lanes wrote a line, for those of <see cref="Senders"/> that say so.</summary>
    public Dictionary<(int Input, int Line), string> Apps { get; } = [];

    /// <summary>The keys of lines that have one.</summary>
    public Dictionary<(int Input, int Line), string> Keys { get; } = [];

    /// <summary>How many offsets lie behind the last line of each input that no reader is given: the ends of transactions.</summary>
    public int ControlRecords { get; set; }

    /// <summary>A world whose one input is what lanes have written for this one, in this order.</summary>
    public static MemoryWorld Told(IReadOnlyList<(int Lane, Output Output)> records)
    {
        MemoryWorld world = new MemoryWorld([.. records.Select(record => Encoding.UTF8.GetString(record.Output.Value.Span))]).With(0, InputKind.Lanes);
        for (int line = 0; line < records.Count; line++)
        {
            world.Senders[(0, line)] = (records[line].Lane, records[line].Output.Transit!.Value.WatermarkTicks);
            world.Keys[(0, line)] = records[line].Output.Key;
        }

        return world;
    }

    /// <summary>The lines of each input; a line's offset is its place.</summary>
    public ImmutableArray<ImmutableArray<string>> Inputs { get; private set; }

    public ImmutableArray<InputDescription> Descriptions { get; set; }

    /// <summary>What readers see, in order.</summary>
    public IReadOnlyList<NumberedOutput> Visible => _visible;

    public PublishPosition? Position { get; set; }

    public IReadOnlyList<LaneRow> Rows => [.. _rows.Select(row => (LaneRow)LaneRowCodec.Decode(row.Manifest, row.Bytes))];

    public LaneSnapshot? Snapshot => _snapshot is null ? null : (LaneSnapshot)LaneRowCodec.Decode(LaneRowCodec.SnapshotManifest, _snapshot);

    public long LastRow => _lastRow;

    /// <summary>What readers see, as text.</summary>
    public string[] Published => [.. _visible.Select(output => $"{output.EmitSeq} {output.Output.Topic} {output.TopicSeq} {Encoding.UTF8.GetString(output.Output.Value.Span)}")];

    public long Write(ImmutableArray<LaneRow> rows)
    {
        foreach (LaneRow row in rows)
            _rows.Add((++_lastRow, LaneRowCodec.ManifestOf(row), LaneRowCodec.Encode(row)));
        return _lastRow;
    }

    /// <summary>An input grows.</summary>
    public void Say(int input, IEnumerable<string> lines) => Inputs = Inputs.SetItem(input, [.. Inputs[input], .. lines]);

    /// <summary>Takes the last row away, as an old backup would.</summary>
    public void LoseLastRow()
    {
        _rows.RemoveAt(_rows.Count - 1);
        _lastRow--;
    }

    /// <summary>The same world, where everything that was published has been taken away.</summary>
    public MemoryWorld WithoutOutputs()
    {
        _visible.Clear();
        Position = null;
        return this;
    }

    public IEnumerable<LaneInput> Recover()
    {
        long behind = 0;
        if (Snapshot is { } snapshot)
        {
            behind = snapshot.RowNumber;
            yield return new LaneInput.SnapshotRecovered(snapshot);
        }

        foreach ((long number, string manifest, byte[] bytes) in _rows.Where(row => row.Number > behind).ToArray())
            yield return new LaneInput.RowRecovered((LaneRow)LaneRowCodec.Decode(manifest, bytes), number);
        yield return new LaneInput.JournalRecovered(_lastRow);
    }

    public void Save(LaneSnapshot snapshot) => _snapshot = LaneRowCodec.Encode(snapshot);

    public void Prune(long upTo) => _rows.RemoveAll(row => row.Number <= upTo);

    public void Commit(ImmutableArray<NumberedOutput> outputs, PublishPosition position)
    {
        _visible.AddRange(outputs);
        Position = position;
    }

    public OutputTail ReadTail(PublishPosition? position) =>
        new([.. _visible.Select(output => output.EmitSeq).Where(number => number > (position?.EmitSeq ?? 0)).Order()], []);

    public InputFetch Fetch(long[] reading, int maxRecords, ImmutableArray<int> wanted)
    {
        List<InputRecord> records = [];
        List<int> atEnd = [];
        foreach (int input in wanted)
        {
            ImmutableArray<string> lines = Inputs[input];
            while (reading[input] < lines.Length && records.Count < maxRecords)
            {
                int line = (int)reading[input]++;
                records.Add(new InputRecord(input, line, line + 1, KeyOf(input, line), HeadersOf(input, line), Encoding.UTF8.GetBytes(lines[line])));
            }

            if (reading[input] >= lines.Length)
                atEnd.Add(input);
        }

        return new InputFetch([.. records], [.. atEnd]) { Ends = [.. atEnd.Select(input => Math.Max(reading[input], Inputs[input].Length + ControlRecords))] };
    }

    private ImmutableArray<RecordHeader> HeadersOf(int input, int line)
    {
        if (!Senders.TryGetValue((input, line), out (int Lane, long WatermarkTicks) sender))
            return default;
        ImmutableArray<RecordHeader> lane = [Header(LaneHeaders.Lane, $"{sender.Lane}"), Header(LaneHeaders.Watermark, $"{sender.WatermarkTicks}")];
        return Apps.TryGetValue((input, line), out string? app) ? [Header(LaneHeaders.App, app), .. lane] : lane;
    }

    private static RecordHeader Header(string name, string value) => new(name, Encoding.ASCII.GetBytes(value));

    private byte[] KeyOf(int input, int line) => Keys.TryGetValue((input, line), out string? key) ? Encoding.UTF8.GetBytes(key) : [];
}
