using System.Numerics;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts.Suppression.Flapping;

/// <summary>
/// The last 20 evaluations of a key, each a bit that says whether it changed the state: so a key that flaps becomes calm by evaluations that
/// change nothing, and one of which nothing is heard stays what it is. Immutable.
/// </summary>
/// <param name="Changes">The evaluations, the latest in the lowest bit.</param>
/// <param name="IsFlapping">Whether its alerts are held.</param>
/// <param name="ChangedAtTicks">When it last changed, in event time.</param>
internal sealed record FlapHistory(uint Changes, bool IsFlapping, long ChangedAtTicks)
{
    /// <summary>How many evaluations count. Those that have not been yet count as calm.</summary>
    public const int Length = 20;

    private const uint Mask = (1u << Length) - 1;

    /// <summary>Nothing has changed so far.</summary>
    public static FlapHistory Calm { get; } = new(0, false, 0);

    public int ChangeCount => BitOperations.PopCount(Changes);

    /// <summary>Whether nothing is known that the beginning does not know.</summary>
    public bool IsCalm => Changes == 0 && !IsFlapping;

    /// <summary>The history with one more evaluation.</summary>
    public FlapHistory Take(bool isChange, long atTicks, FlappingPlan plan)
    {
        uint changes = ((Changes << 1) | (isChange ? 1u : 0u)) & Mask;
        double share = (double)BitOperations.PopCount(changes) / Length;
        bool isFlapping = IsFlapping ? share >= plan.Low : share > plan.High;
        return new FlapHistory(changes, isFlapping, isChange ? atTicks : ChangedAtTicks);
    }
}
