namespace AlertEngine.Rules.Detection.Windows;

/// <summary>How a window moves.</summary>
public enum WindowKind
{
    /// <summary>With every event: (t − w, t].</summary>
    Sliding = 0,

    /// <summary>In steps of its own length, aligned to midnight of the city's zone; judged at its end only: (end − w, end].</summary>
    Tumbling,
}
