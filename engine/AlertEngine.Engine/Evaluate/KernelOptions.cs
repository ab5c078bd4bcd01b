using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Evaluate;

/// <summary>Which clock people's time (SLA, escalation, duty) runs on.</summary>
public enum PeopleClock
{
    /// <summary>The time of the events: in replay, tests and backtest, so that a recorded day gives the same orders whenever it is run.</summary>
    Event = 0,

    /// <summary>The wall clock, as the batch's <c>now</c>: in <c>run</c>.</summary>
    Wall,
}

/// <summary>How a kernel runs.</summary>
/// <param name="Clock">People's clock.</param>
public sealed record KernelOptions(PeopleClock Clock)
{
    /// <summary>The rules of the city: alerts that they take are told to their lane. Null: there is no such lane, or this kernel is its own.</summary>
    public RuleIndex? CityIndex { get; init; }

    /// <summary>Whether this kernel is the city's, on a topic of commands that its districts read: what concerns them all is sent on to each.</summary>
    public bool Broadcasts { get; init; }

    /// <summary>A time in which it stands still, on the event clock; null: none.</summary>
    public Outage? Outage { get; init; }
}
