using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Publish;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ports;

/// <summary>What became of a record's bytes: an event with the hashes of its identity and of its data, or a rejection.</summary>
/// <param name="Event">The event; null where it was rejected.</param>
/// <param name="Rejection">Why not; null where it is an event.</param>
/// <param name="Key">The hash of what makes it the same event: source and id (and the redrive number).</param>
/// <param name="PayloadHash">The hash of its data: the same key with another hash is a conflict.</param>
/// <param name="ObservationKey">The hash of the observation that its pack declares, or zero: the same observation polled twice.</param>
public readonly record struct DecodedRecord(EventRecord? Event, Rejection? Rejection, UInt128 Key, ulong PayloadHash, UInt128 ObservationKey);

/// <summary>Turns raw records into events. Pure, and never throws for bad bytes. Used by one lane at a time.</summary>
public interface IRecordDecoder
{
    /// <summary>Decodes and validates one record.</summary>
    DecodedRecord Decode(in InputRecord record);

    /// <summary>The dead letter of a record that could not become an event, or could not stay one.</summary>
    Output DeadLetter(in InputRecord record, Rejection rejection);
}
