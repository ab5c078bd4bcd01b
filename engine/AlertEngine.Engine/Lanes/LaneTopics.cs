namespace AlertEngine.Engine.Lanes;

/// <summary>The topics through which lanes speak to lanes.</summary>
public static class LaneTopics
{
    /// <summary>Events brought to the lane of their district.</summary>
    public const string Rekeyed = "alertengine.rekeyed.v1";
}
