namespace AlertEngine.Engine.Ports;

/// <summary>The headers of records that lanes write. Values are decimal text, but for <see cref="App"/>.</summary>
public static class LaneHeaders
{
    /// <summary>The engine whose lane wrote the record: what its transactional ids begin with. A lane's number alone does not name it, where two engines share topics.</summary>
    public const string App = "ae-app";

    /// <summary>The lane that wrote the record.</summary>
    public const string Lane = "ae-lane";

    /// <summary>How far that lane's event time had come when it wrote a record for another lane: ticks of 100 ns since the Unix epoch.</summary>
    public const string Watermark = "ae-watermark";

    /// <summary>How often a dead letter was sent again, from 1.</summary>
    public const string Redrive = "ae-redrive";
}

/// <summary>What a record that a lane writes for another lane carries beside its value.</summary>
/// <param name="WatermarkTicks">How far the sender's event time had come; <see cref="long.MinValue"/> while it has none.</param>
/// <param name="Redrive">How often the record was sent again as a dead letter; 0: never.</param>
public readonly record struct OutputTransit(long WatermarkTicks, int Redrive);
