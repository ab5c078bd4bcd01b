namespace AlertEngine.Connectors.Files.Reading;

/// <summary>A line as it stands in the file, or a whole CSV record.</summary>
/// <param name="Offset">Where it begins in the unpacked file, in bytes.</param>
/// <param name="NextOffset">Where the next one begins.</param>
/// <param name="Bytes">The line without its end; of one that is too long the beginning.</param>
/// <param name="Whole">What is known of one that is too long; null for every other.</param>
internal readonly record struct RawLine(long Offset, long NextOffset, ReadOnlyMemory<byte> Bytes, OversizeLine? Whole);

/// <summary>What is known of a line that was not kept.</summary>
/// <param name="LengthBytes">Its length without its line feed; a carriage return before it counts.</param>
/// <param name="Sha256">The SHA-256 of it, in lower-case hexadecimal.</param>
internal sealed record OversizeLine(long LengthBytes, string Sha256);
