using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Route;

/// <summary>A route that was taken: the units that must act.</summary>
/// <param name="Lead">The lead unit's id.</param>
/// <param name="CoHandlers">The others.</param>
/// <param name="Position">Which route of the rule it was, from 0.</param>
public sealed record RouteTaken(string Lead, ImmutableArray<string> CoHandlers, int Position);

/// <summary>
/// Asks a rule's routes in their order: the first that matches wins, unless it says to continue. A condition that meets an error is not true,
/// so the next route is asked; the last route has no condition, so nothing is lost. Pure.
/// </summary>
public static class Router
{
    /// <summary>The routes taken, in order; one for each lead.</summary>
    public static ImmutableArray<RouteTaken> Decide(ImmutableArray<RoutePlan> routes, CelFrame frame)
    {
        var taken = ImmutableArray.CreateBuilder<RouteTaken>(1);
        for (int position = 0; position < routes.Length; position++)
        {
            RoutePlan route = routes[position];
            if (route.When is { } when && !when.IsTrue(frame))
                continue;
            if (!taken.Any(earlier => earlier.Lead == route.To[0]))
                taken.Add(new RouteTaken(route.To[0], [.. route.To.Skip(1).Distinct()], position));
            if (!route.Continues)
                break;
        }

        return taken.ToImmutable();
    }
}
