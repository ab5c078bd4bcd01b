using System.Collections.Immutable;
using System.Text;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Ingest;

/// <summary>Decodes the records of a lane's inputs, and writes the dead letters of those that are refused. Not thread-safe: one a lane.</summary>
/// <param name="decoder">For events.</param>
/// <param name="commands">For commands and feedback.</param>
/// <param name="deadLetters">For what is neither.</param>
public sealed class RecordDecoder(EventDecoder decoder, ICommandDecoder commands, DeadLetterWriter deadLetters) : IRecordDecoder
{
    /// <inheritdoc />
    public IDecodedEvent Event => decoder.Event;

    /// <inheritdoc />
    public Rejection? Decode(in InputRecord record, TimeBounds bounds) =>
        record.Headers.IsDefaultOrEmpty ? decoder.Decode(record.Value.Span, bounds)
        : RejectionOfReader(record.Headers) ?? decoder.Decode(record.Value.Span, bounds);

    /// <inheritdoc />
    public CommandReading DecodeCommand(in InputRecord record, TimeBounds bounds) =>
        !record.Headers.IsDefaultOrEmpty && RejectionOfReader(record.Headers) is { } refused ? CommandReading.Rejected(refused) : commands.Decode(record, bounds);

    /// <inheritdoc />
    public Output Forward(in InputRecord record, string topic, string district) => new(OutputKind.Rekeyed, topic, district, record.Value);

    /// <inheritdoc />
    public Output DeadLetter(in InputRecord record, Rejection rejection) => deadLetters.Write(record, rejection);

    private static Rejection? RejectionOfReader(ImmutableArray<RecordHeader> headers) =>
        TextOf(headers, ReaderHeaders.RejectionCode) is { } code ? new(code, TextOf(headers, ReaderHeaders.RejectionMessage) ?? "refused by the reader") : null;

    private static string? TextOf(ImmutableArray<RecordHeader> headers, string name)
    {
        foreach (RecordHeader header in headers)
        {
            if (header.Name == name)
                return Encoding.UTF8.GetString(header.Value.Span);
        }

        return null;
    }
}
