namespace AlertEngine.Engine.Ingest;

/// <summary>What a row became: a structured CloudEvent, a rejection, or nothing, where the mapping says to skip it.</summary>
/// <param name="Value">The event's bytes; empty unless it is one.</param>
/// <param name="Rejection">Why not; null where it is an event, or skipped.</param>
public readonly record struct MappedRow(ReadOnlyMemory<byte> Value, Rejection? Rejection)
{
    /// <summary>Whether the row is passed over in silence.</summary>
    public bool IsSkipped => Value.IsEmpty && Rejection is null;
}

/// <summary>
/// Makes structured CloudEvents of the rows of a file that another wrote, so that decoding knows one form only. The same row gives the same
/// bytes. One instance serves one file; not thread-safe.
/// </summary>
public interface IRowMapping
{
    /// <summary>Whether rows are CSV records (RFC 4180), of which the first is a header; otherwise lines of JSON.</summary>
    bool IsCsv { get; }

    /// <summary>Takes the header of a CSV file; null, or why the file cannot be mapped.</summary>
    Rejection? ReadHeader(ReadOnlySpan<byte> header);

    /// <summary>Maps one row, without its line end.</summary>
    MappedRow Map(ReadOnlySpan<byte> row);
}
