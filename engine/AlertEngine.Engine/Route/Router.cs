using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Route;

/// <summary>A route that was taken: the units that must act.</summary>
/// <param name="Lead">The lead unit's id.</param>
/// <param name="CoHandlers">The others.</param>
/// <param name="Reason">Why this one: its place, its condition, and the conditions before it that did not hold.</param>
public sealed record RouteTaken(string Lead, ImmutableArray<string> CoHandlers, string Reason);

/// <summary>
/// Asks a rule's routes in their order: the first that matches wins, unless it says to continue. A condition that meets an error is not true,
/// so the next route is asked; the last route has no condition, so nothing is lost. Pure.
/// </summary>
public static class Router
{
    /// <summary>The routes taken, in order; one for each lead.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="frame">What their conditions read.</param>
    /// <param name="without">Units that returned the order: a route goes to the next of its units instead, and one that has no other is passed over.</param>
    public static ImmutableArray<RouteTaken> Decide(ImmutableArray<RoutePlan> routes, CelFrame frame, ImmutableArray<string> without = default)
    {
        var taken = ImmutableArray.CreateBuilder<RouteTaken>(1);
        var refused = new List<string>();
        for (int position = 0; position < routes.Length; position++)
        {
            RoutePlan route = routes[position];
            ImmutableArray<string> units = without.IsDefaultOrEmpty ? route.To : route.To.RemoveAll(without.Contains);
            if (units.IsEmpty)
                continue;
            if (route.When is { } when && !when.IsTrue(frame))
            {
                refused.Add(route.WhenSource ?? "");
                continue;
            }

            if (!taken.Any(earlier => earlier.Lead == units[0]))
                taken.Add(new RouteTaken(units[0], [.. units.Skip(1).Distinct()], Reason(position, route, refused)));
            if (!route.Continues)
                break;
        }

        return taken.ToImmutable();
    }

    private static string Reason(int position, RoutePlan route, List<string> refused)
    {
        string own = route.When is null ? "no condition" : route.WhenSource ?? "";
        return refused.Count == 0 ? $"route {position + 1}: {own}" : $"route {position + 1}: {own}; not: {string.Join("; not: ", refused)}";
    }
}
