using System.Buffers.Text;
using System.Collections.Immutable;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Connectors.Kafka.CloudEvents;

/// <summary>
/// Decodes what comes from Kafka: structured events as they are, binary ones brought into that form first, redriven ones under a key of their own.
/// A dead letter shows the record as it was sent. Not thread-safe: one a lane.
/// </summary>
public sealed class RecordModes(IRecordDecoder decoder) : IRecordDecoder
{
    /// <summary>The header that tells a redriven dead letter: how often it was sent again, in decimal digits, from 1.</summary>
    public const string RedriveHeader = LaneHeaders.Redrive;

    private readonly BinaryMode _binary = new();
    private readonly Redriven _redriven = new();
    private bool _isRedriven;

    /// <inheritdoc/>
    public IDecodedEvent Event => _isRedriven ? _redriven : decoder.Event;

    /// <inheritdoc/>
    public Rejection? Decode(in InputRecord record, TimeBounds bounds)
    {
        _isRedriven = false;
        var rejection = BinaryMode.IsBinary(record.Headers) ? DecodeBinary(record, bounds) : decoder.Decode(record, bounds);
        if (rejection is null && RedriveNumber(record.Headers) is > 0 and { } number)
        {
            _isRedriven = true;
            _redriven.Set(decoder.Event, number);
        }

        return rejection;
    }

    /// <inheritdoc/>
    public CommandReading DecodeCommand(in InputRecord record, TimeBounds bounds)
    {
        if (!BinaryMode.IsBinary(record.Headers))
            return decoder.DecodeCommand(record, bounds);
        return _binary.ToStructured(record, out var structured) is { } rejection
            ? CommandReading.Rejected(rejection)
            : decoder.DecodeCommand(record with { Value = structured }, bounds);
    }

    /// <inheritdoc/>
    public Output Forward(in InputRecord record, string topic, string district)
    {
        var structured = record.Value;
        // It was decoded a moment ago, so it can be brought into the other mode; the bytes are the converter's only until its next call.
        if (BinaryMode.IsBinary(record.Headers) && _binary.ToStructured(record, out structured) is null)
            structured = structured.ToArray();
        return decoder.Forward(record with { Value = structured }, topic, district) with { Transit = new OutputTransit(long.MinValue, RedriveNumber(record.Headers)) };
    }

    /// <inheritdoc/>
    public Output DeadLetter(in InputRecord record, Rejection rejection) => decoder.DeadLetter(record, rejection);

    private Rejection? DecodeBinary(in InputRecord record, TimeBounds bounds) =>
        _binary.ToStructured(record, out var structured) ?? decoder.Decode(record with { Value = structured }, bounds);

    private static int RedriveNumber(ImmutableArray<RecordHeader> headers)
    {
        if (!headers.IsDefaultOrEmpty)
            foreach (var header in headers)
                if (header.Name == RedriveHeader && Utf8Parser.TryParse(header.Value.Span, out int number, out int read) && read == header.Value.Length)
                    return number;
        return 0;
    }

    /// <summary>The same event, told from its first sending: otherwise a conflict that was redriven would be a duplicate of itself.</summary>
    private sealed class Redriven : IDecodedEvent
    {
        private IDecodedEvent _inner = null!;
        private int _number;

        public string Type => _inner.Type;

        public string District => _inner.District;

        public long TimeTicks => _inner.TimeTicks;

        public UInt128 Key => _inner.Key ^ ((UInt128)(uint)_number * 0x9E3779B97F4A7C15UL);

        public ulong PayloadHash => _inner.PayloadHash;

        public UInt128? ObservationKey => _inner.ObservationKey;

        public EventRecord Keep() => _inner.Keep();

        public void Set(IDecodedEvent inner, int number) => (_inner, _number) = (inner, number);
    }
}
