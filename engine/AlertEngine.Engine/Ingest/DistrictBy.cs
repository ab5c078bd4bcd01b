namespace AlertEngine.Engine.Ingest;

/// <summary>What told an event's district.</summary>
public enum DistrictBy
{
    /// <summary>Nothing did.</summary>
    None = 0,

    /// <summary>The event's own <c>district</c>.</summary>
    Attribute,

    /// <summary>The event's street, by the street table.</summary>
    Street,

    /// <summary>The device registry's district or street.</summary>
    Registry,

    /// <summary>The position, by the outlines of the districts.</summary>
    Polygon,

    /// <summary>The event's grid, by the grid table.</summary>
    Grid,
}
