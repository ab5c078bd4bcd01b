using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ports;

/// <summary>What a lane asks of an accepted event. Valid until the decoder's next call, so that an event no rule reads leaves nothing behind.</summary>
public interface IDecodedEvent
{
    /// <summary>CloudEvents type.</summary>
    string Type { get; }

    /// <summary>The district's code, resolved.</summary>
    string District { get; }

    /// <summary>Event time in ticks of 100 ns since the Unix epoch.</summary>
    long TimeTicks { get; }

    /// <summary>The identity of the event: a hash of source and id (and of the redrive number, where there is one).</summary>
    UInt128 Key { get; }

    /// <summary>A hash of its data: the same key with another hash is a conflict.</summary>
    ulong PayloadHash { get; }

    /// <summary>The identity of the observation that is polled, where one is declared.</summary>
    UInt128? ObservationKey { get; }

    /// <summary>Whether some rule of the bucket may care, as far as the event's fields tell. An event that concerns none changes nothing.</summary>
    bool Concerns(RuleBucket bucket) => !bucket.IsEmpty;

    /// <summary>The event as a record of its own.</summary>
    EventRecord Keep();
}

/// <summary>Turns raw records into events. Pure, and never throws for bad bytes. Used by one lane at a time.</summary>
public interface IRecordDecoder
{
    /// <summary>The event that was decoded last; meaningless after a rejection.</summary>
    IDecodedEvent Event { get; }

    /// <summary>Decodes and validates one record. Null: accepted.</summary>
    Rejection? Decode(in InputRecord record, TimeBounds bounds);

    /// <summary>Decodes one record of commands or feedback.</summary>
    CommandReading DecodeCommand(in InputRecord record, TimeBounds bounds);

    /// <summary>A record for another lane: an event or command whose district is not of this one, in structured mode whatever mode it came in.</summary>
    Output Forward(in InputRecord record, string topic, string district);

    /// <summary>The dead letter of a record that could not become an event, or could not stay one.</summary>
    Output DeadLetter(in InputRecord record, Rejection rejection);
}
