using AlertEngine.Rules.Matching;

namespace AlertEngine.Connectors.Kafka.Audit;

/// <summary>A lane as readers of its outputs can name it. Ordered by engine, then number.</summary>
/// <param name="App">The engine; empty where the messages do not say.</param>
/// <param name="Number">The lane's number in it.</param>
internal readonly record struct AuditedLane(string App, long Number) : IComparable<AuditedLane>
{
    /// <summary>How findings call it.</summary>
    internal LocalText Name => App.Length == 0 ? new($"通道 {Number}", $"lane {Number}") : new($"{App} 的通道 {Number}", $"lane {Number} of {App}");

    public int CompareTo(AuditedLane other) => string.CompareOrdinal(App, other.App) is not 0 and var order ? order : Number.CompareTo(other.Number);
}
