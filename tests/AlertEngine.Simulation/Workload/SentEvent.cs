using AlertEngine.Simulation.Engines;

namespace AlertEngine.Simulation.Workload;

/// <summary>One record that an integrator sends.</summary>
/// <param name="AtTicks">When.</param>
/// <param name="Topic">To which topic.</param>
/// <param name="Lane">To which partition.</param>
/// <param name="Id">The event's id; null where the record is no event.</param>
/// <param name="Type">The event's type.</param>
/// <param name="District">Its district.</param>
/// <param name="IsSecondData">Whether it has other data than the first event of its id.</param>
/// <param name="Value">The bytes.</param>
internal sealed record SentEvent(long AtTicks, string Topic, int Lane, string? Id, string Type, string District, bool IsSecondData, ReadOnlyMemory<byte> Value)
{
    /// <summary>Whether it is a command or feedback.</summary>
    public bool IsOfPeople => Topic is SimTopics.Commands or SimTopics.Feedback;
}
