using System.Collections.Immutable;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The bytes of journal rows and snapshots, each version under an explicit name. What a name stands for never changes: a new shape gets a new
/// name, and the old one stays readable.
/// </summary>
public static class LaneRowCodec
{
    /// <summary>A part of a batch.</summary>
    public const string BatchPartManifest = "lane.batch-part.v1";

    /// <summary>An attempt.</summary>
    public const string AttemptManifest = "lane.attempt.v2";

    /// <summary>A person's decision.</summary>
    public const string ResumeManifest = "lane.resume.v2";

    /// <summary>A snapshot.</summary>
    public const string SnapshotManifest = "lane.snapshot.v4";

    private const int HeaderBytes = 64;

    /// <summary>The name under which a row or snapshot is written.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static string ManifestOf(object value) => value switch
    {
        BatchPart => BatchPartManifest,
        AttemptRow => AttemptManifest,
        ResumeRow => ResumeManifest,
        LaneSnapshot => SnapshotManifest,
        _ => throw new ArgumentException($"a lane does not journal {value.GetType().Name}", nameof(value)),
    };

    /// <summary>Encodes a row or snapshot.</summary>
    public static byte[] Encode(object value)
    {
        StateWriter writer = new(RoomFor(value));
        switch (value)
        {
            case BatchPart part: Write(writer, part); break;
            case AttemptRow attempt: Write(writer, attempt); break;
            case ResumeRow resume: Write(writer, resume); break;
            case LaneSnapshot snapshot: Write(writer, snapshot); break;
            default: throw new ArgumentException($"a lane does not journal {value.GetType().Name}", nameof(value));
        }

        return writer.Written.ToArray();
    }

    /// <summary>Decodes what was written under a name.</summary>
    /// <exception cref="InvalidDataException">The name is not known, or the bytes are not what it stands for.</exception>
    public static object Decode(string manifest, ReadOnlyMemory<byte> bytes)
    {
        StateReader reader = new(bytes);
        return manifest switch
        {
            BatchPartManifest => new BatchPart(reader.Signed(), reader.Count(), reader.Count(), reader.Bytes()),
            AttemptManifest => ReadAttempt(reader),
            ResumeManifest => ReadResume(reader),
            SnapshotManifest => ReadSnapshot(reader),
            _ => throw new InvalidDataException($"the journal holds a '{manifest}', which this release does not know"),
        };
    }

    /// <summary>Nearly every row is a batch, and a snapshot is large: growing by doubling would allocate either twice.</summary>
    private static int RoomFor(object value) => value switch
    {
        BatchPart part => part.Bytes.Length + HeaderBytes,
        LaneSnapshot snapshot => snapshot.Lane.Length + HeaderBytes + snapshot.Slices.Sum(slice => slice.State.Length + slice.District.Length + HeaderBytes),
        _ => 256,
    };

    internal static void WriteInputs(StateWriter writer, ImmutableArray<InputIdentity> inputs)
    {
        writer.Count(inputs.Length);
        foreach (InputIdentity input in inputs)
        {
            writer.Text(input.Topic);
            writer.Text(input.TopicId);
            writer.Count(input.Partition);
            writer.Count(input.Partitions);
        }
    }

    internal static ImmutableArray<InputIdentity> ReadInputs(StateReader reader)
    {
        InputIdentity[] inputs = new InputIdentity[reader.Count()];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = new InputIdentity(reader.RequiredText(), reader.RequiredText(), reader.Count(), reader.Count());
        return [.. inputs];
    }

    private static void Write(StateWriter writer, BatchPart part)
    {
        writer.Signed(part.Sequence);
        writer.Count(part.Part);
        writer.Count(part.Parts);
        writer.Bytes(part.Bytes.Span);
    }

    private static void Write(StateWriter writer, AttemptRow attempt)
    {
        writer.Signed(attempt.Sequence);
        writer.Count(attempt.FirstRecord);
        writer.Count(attempt.LastRecord);
        writer.Signed(attempt.First.Input);
        writer.Signed(attempt.First.Offset);
        WriteInputs(writer, attempt.Inputs);
        writer.Text(attempt.RuleSetHash);
    }

    private static AttemptRow ReadAttempt(StateReader reader) => new(
        reader.Signed(), reader.Count(), reader.Count(), new Coordinate((int)reader.Signed(), reader.Signed()), ReadInputs(reader), reader.RequiredText());

    private static void Write(StateWriter writer, ResumeRow resume)
    {
        writer.Signed(resume.EmitSeq);
        writer.Text(resume.RunId);
        BatchCodec.WriteNumbers(writer, [.. resume.Recreated.Select(input => (long)input)]);
        WriteInputs(writer, resume.Inputs);
    }

    private static ResumeRow ReadResume(StateReader reader) => new(
        reader.Signed(), reader.RequiredText(), [.. BatchCodec.ReadNumbers(reader).Select(input => checked((int)input))], ReadInputs(reader));

    private static void Write(StateWriter writer, LaneSnapshot snapshot)
    {
        writer.Signed(snapshot.Sequence);
        writer.Signed(snapshot.RowNumber);
        writer.Bytes(snapshot.Lane.Span);
        writer.Count(snapshot.Slices.Length);
        foreach (DistrictSlice slice in snapshot.Slices)
        {
            writer.Text(slice.District);
            writer.Count(slice.Part);
            writer.Signed(slice.Sequence);
            writer.Bytes(slice.State.Span);
        }
    }

    private static LaneSnapshot ReadSnapshot(StateReader reader)
    {
        long sequence = reader.Signed();
        long rowNumber = reader.Signed();
        ReadOnlyMemory<byte> lane = reader.Bytes();
        DistrictSlice[] slices = new DistrictSlice[reader.Count()];
        for (int i = 0; i < slices.Length; i++)
            slices[i] = new DistrictSlice(reader.RequiredText(), reader.Count(), reader.Signed(), reader.Bytes());
        return new LaneSnapshot(sequence, rowNumber, lane, [.. slices]);
    }
}
