namespace AlertEngine.Engine.Ingest;

/// <summary>The position that an event states, as it states it. The default value is none.</summary>
/// <param name="IsGiven">Whether there is one.</param>
/// <param name="Longitude">In degrees, east positive.</param>
/// <param name="Latitude">In degrees, north positive.</param>
/// <param name="IsGcj02">Whether the degrees are GCJ-02, which every map of China uses, and not WGS 84.</param>
internal readonly record struct EventLocation(bool IsGiven, double Longitude, double Latitude, bool IsGcj02);
