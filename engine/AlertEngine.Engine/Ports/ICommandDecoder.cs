using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;

namespace AlertEngine.Engine.Ports;

/// <summary>
/// What became of a record of commands or feedback; exactly one of the three. Who can be answered is answered, so a record whose id can be read is
/// never a dead letter.
/// </summary>
public readonly record struct CommandReading
{
    /// <summary>The command; null where it is none.</summary>
    public DistrictCommand? Command { get; private init; }

    /// <summary>The district that takes it; empty without a command.</summary>
    public string District { get; private init; }

    /// <summary>The reply that refuses it; null where it was not refused.</summary>
    public Output? Refusal { get; private init; }

    /// <summary>Why the record cannot even be answered; null where it can.</summary>
    public Rejection? Rejection { get; private init; }

    /// <summary>A command for a district.</summary>
    public static CommandReading Of(string district, DistrictCommand command) => new() { District = district, Command = command };

    /// <summary>A command that is refused before any district sees it.</summary>
    public static CommandReading Refused(Output refusal) => new() { District = "", Refusal = refusal };

    /// <summary>A record that is a dead letter.</summary>
    public static CommandReading Rejected(Rejection rejection) => new() { District = "", Rejection = rejection };
}

/// <summary>Turns records of commands and feedback into commands of districts. Pure, and never throws for bad bytes. Used by one lane at a time.</summary>
public interface ICommandDecoder
{
    /// <summary>Decodes and validates one record.</summary>
    CommandReading Decode(in InputRecord record, TimeBounds bounds);
}
