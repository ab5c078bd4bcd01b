using AlertEngine.Engine.Ingest;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>A record of a document.</summary>
/// <param name="At">Where it begins in the text, in UTF-16 units; each row begins behind the one before.</param>
/// <param name="Original">The text that it was made of.</param>
/// <param name="Json">The record as JSON in UTF-8; empty where it is refused.</param>
/// <param name="Rejection">Why it is none; null where it is one.</param>
internal readonly record struct DocumentRow(int At, ReadOnlyMemory<char> Original, ReadOnlyMemory<byte> Json, Rejection? Rejection)
{
    internal static DocumentRow Refused(int at, ReadOnlyMemory<char> original, string message) =>
        new(at, original, default, new Rejection(RejectionCodes.MappingFailed, message));
}
