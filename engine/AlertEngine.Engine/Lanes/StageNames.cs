namespace AlertEngine.Engine.Lanes;

/// <summary>The stages' names as log scopes and in metrics: the folders' names in lower case.</summary>
public static class StageNames
{
    /// <summary>Records become events or dead letters.</summary>
    public const string Ingest = "ingest";

    /// <summary>What was seen before is dropped.</summary>
    public const string Deduplicate = "deduplicate";

    /// <summary>Rules look at events.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>What fires becomes alerts.</summary>
    public const string Alerts = "alerts";

    /// <summary>Alerts find the units that must act.</summary>
    public const string Route = "route";

    /// <summary>Orders live their life.</summary>
    public const string WorkOrders = "workorders";

    /// <summary>Outputs leave, once.</summary>
    public const string Publish = "publish";
}
