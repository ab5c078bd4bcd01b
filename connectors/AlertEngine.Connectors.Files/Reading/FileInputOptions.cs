namespace AlertEngine.Connectors.Files.Reading;

/// <summary>The limits of reading files.</summary>
public sealed record FileInputOptions
{
    /// <summary>The longest line, or CSV record, in bytes; a longer one becomes a dead letter with its length and hash. Default 1 MiB, as for a value.</summary>
    public int MaxLineBytes { get; init; } = 1024 * 1024;

    /// <summary>The largest file that is one document, XML, JSON or subtitles, in bytes: it is read as a whole. Default 64 MiB.</summary>
    public int MaxDocumentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How much is read at once. Below the limit of large objects, so that blocks go with the events that hold them. Default 64 KiB.</summary>
    public int BlockBytes { get; init; } = 64 * 1024;
}
