using System.Collections.Immutable;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Cuts encoded batches into rows and puts them together again: all parts or none. A chain that was cut off by a crash is dropped; a batch
/// whose predecessor is not the one before it says that the journal is not ours alone.
/// </summary>
internal sealed class BatchChain
{
    private readonly List<BatchPart> _parts = [];

    /// <summary>The parts of an encoded batch. Copies: the caller's buffer is free afterwards.</summary>
    public static ImmutableArray<LaneRow> Cut(long sequence, ReadOnlyMemory<byte> bytes, int rowBytes)
    {
        int parts = Math.Max(1, (bytes.Length + rowBytes - 1) / rowBytes);
        ImmutableArray<LaneRow>.Builder rows = ImmutableArray.CreateBuilder<LaneRow>(parts);
        for (int part = 0; part < parts; part++)
        {
            int start = part * rowBytes;
            rows.Add(new BatchPart(sequence, part, parts, bytes.Slice(start, Math.Min(rowBytes, bytes.Length - start)).ToArray()));
        }

        return rows.MoveToImmutable();
    }

    /// <summary>Takes the next row; the whole batch once its last part is there, otherwise null.</summary>
    public BatchEvent? Take(BatchPart part)
    {
        if (part.Part == 0)
            _parts.Clear();
        else if (_parts.Count != part.Part || _parts[0].Sequence != part.Sequence || _parts[0].Parts != part.Parts)
            throw new InvalidDataException($"part {part.Part} of batch {part.Sequence} does not follow what is before it");
        _parts.Add(part);
        if (_parts.Count < part.Parts)
            return null;
        BatchEvent batch = BatchCodec.Decode(Joined());
        _parts.Clear();
        return batch.Sequence == part.Sequence ? batch : throw new InvalidDataException($"row of batch {part.Sequence} holds batch {batch.Sequence}");
    }

    private ReadOnlyMemory<byte> Joined()
    {
        if (_parts.Count == 1)
            return _parts[0].Bytes;
        byte[] bytes = new byte[_parts.Sum(part => part.Bytes.Length)];
        int position = 0;
        foreach (BatchPart part in _parts)
        {
            part.Bytes.Span.CopyTo(bytes.AsSpan(position));
            position += part.Bytes.Length;
        }

        return bytes;
    }
}
