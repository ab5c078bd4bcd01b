using AlertEngine.Rules.Files.Mappings;

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
    /// <summary>How the rows are found. Parts of a document come as JSON in UTF-8.</summary>
    RowFormat Format { get; }

    /// <summary>Takes the header of a CSV file; null, or why the file cannot be mapped.</summary>
    Rejection? ReadHeader(ReadOnlySpan<byte> header);

    /// <summary>Maps one row, without its line end.</summary>
    MappedRow Map(ReadOnlySpan<byte> row);
}
