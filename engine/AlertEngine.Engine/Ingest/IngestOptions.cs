namespace AlertEngine.Engine.Ingest;

/// <summary>The limits of what is let in.</summary>
public sealed record IngestOptions
{
    /// <summary>The largest value of one event, in bytes; a longer one is a dead letter. Default 1 MiB, which is Kafka's own default.</summary>
    public int MaxValueBytes { get; init; } = 1024 * 1024;

    /// <summary>How deep an event may be nested. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The longest attribute, in bytes of UTF-8. Default 1,024.</summary>
    public int MaxAttributeBytes { get; init; } = 1024;

    /// <summary>How many texts (types, sources, devices, districts) are kept for being met again. Default 65,536.</summary>
    public int InternedTexts { get; init; } = 65_536;
}
