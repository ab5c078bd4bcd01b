namespace AlertEngine.Engine.Deduplicate;

/// <summary>The size of a lane's window.</summary>
public sealed record WindowOptions
{
    /// <summary>How many keys are remembered; the oldest go first. 48 bytes of memory and about 30 of snapshot each. Default 200,000.</summary>
    public int MaxKeys { get; init; } = 200_000;

    /// <summary>For how many keys there is room from the start; it grows as they come. Default 1,024; 1 to <see cref="MaxKeys"/>.</summary>
    public int ExpectedKeys { get; init; } = 1024;
}
