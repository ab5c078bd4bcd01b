using System.Collections.Immutable;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Inputs;

/// <summary>
/// Records of the client as records of the engine. Most carry one header, their content type, with the value of the one before: they share it,
/// which spares an array an event, and who looks at it finds it in the cache. Not thread-safe: used by the thread that consumes.
/// </summary>
internal sealed class InputRecords
{
    private ImmutableArray<RecordHeader> _last = [new("", default)];

    internal InputRecord Of(ConsumeResult<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> consumed, int input)
    {
        var message = consumed.Message;
        long offset = consumed.Offset.Value;
        return new(input, offset, offset + 1, message.Key, HeadersOf(message.Headers), message.Value);
    }

    private ImmutableArray<RecordHeader> HeadersOf(Headers? headers)
    {
        if (headers is null || headers.Count == 0)
            return default;
        if (headers.Count == 1 && headers[0].Key == _last[0].Name && headers[0].GetValueBytes().AsSpan().SequenceEqual(_last[0].Value.Span))
            return _last;
        var copied = ImmutableArray.CreateBuilder<RecordHeader>(headers.Count);
        foreach (var header in headers)
            if (!IsReserved(header.Key))
                copied.Add(new(header.Key, header.GetValueBytes()));
        ImmutableArray<RecordHeader> found = copied.DrainToImmutable();
        if (found.Length == 1)
            _last = found;
        return found;
    }

    /// <summary>What a reader tells the decoder in headers, a sender must not be able to say.</summary>
    private static bool IsReserved(string name) =>
        name is ReaderHeaders.RejectionCode or ReaderHeaders.RejectionMessage or ReaderHeaders.Original or ReaderHeaders.WholeBytes or ReaderHeaders.WholeSha256;
}
