using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Inputs;

/// <summary>
/// Copies what the client holds in native memory into blocks, many records to a block, because an array for each record is what a consumer
/// otherwise spends most of its time on. A block is never used again, so records may be kept; it stays below the large-object heap.
/// Keys repeat (they are districts), so the last one is handed out again. Not thread-safe: used by the thread that consumes.
/// </summary>
internal sealed class RecordMemory : IDeserializer<ReadOnlyMemory<byte>>
{
    private const int BlockBytes = 64 << 10;
    private const int OwnArrayBytes = BlockBytes / 4;
    private byte[] _block = [];
    private int _used;
    private ReadOnlyMemory<byte> _lastKey;

    public ReadOnlyMemory<byte> Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (data.IsEmpty)
            return default;
        if (context.Component != MessageComponentType.Key)
            return Copy(data);
        if (!data.SequenceEqual(_lastKey.Span))
            _lastKey = Copy(data);
        return _lastKey;
    }

    private ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> data)
    {
        if (data.Length > OwnArrayBytes)
            return data.ToArray();
        if (_used + data.Length > _block.Length)
        {
            _block = GC.AllocateUninitializedArray<byte>(BlockBytes);
            _used = 0;
        }

        var copy = _block.AsMemory(_used, data.Length);
        data.CopyTo(copy.Span);
        _used += data.Length;
        return copy;
    }
}
