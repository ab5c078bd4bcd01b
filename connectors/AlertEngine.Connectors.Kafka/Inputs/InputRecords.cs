using System.Collections.Immutable;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Inputs;

/// <summary>A record of the client as a record of the engine.</summary>
internal static class InputRecords
{
    internal static InputRecord Of(ConsumeResult<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> consumed, int input)
    {
        var message = consumed.Message;
        long offset = consumed.Offset.Value;
        return new(input, offset, offset + 1, message.Key, HeadersOf(message.Headers), message.Value);
    }

    private static ImmutableArray<RecordHeader> HeadersOf(Headers? headers)
    {
        if (headers is null || headers.Count == 0)
            return default;
        var copied = ImmutableArray.CreateBuilder<RecordHeader>(headers.Count);
        foreach (var header in headers)
            if (!IsReserved(header.Key))
                copied.Add(new(header.Key, header.GetValueBytes()));
        return copied.DrainToImmutable();
    }

    /// <summary>What a reader tells the decoder in headers, a sender must not be able to say.</summary>
    private static bool IsReserved(string name) =>
        name is ReaderHeaders.RejectionCode or ReaderHeaders.RejectionMessage or ReaderHeaders.Original or ReaderHeaders.WholeBytes or ReaderHeaders.WholeSha256;
}
