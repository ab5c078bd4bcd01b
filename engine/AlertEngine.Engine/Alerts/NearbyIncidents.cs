using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Files.Functions;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Alerts;

/// <summary>
/// Geo-temporal merging (并案): a detection joins the oldest alert of its event class within the rule's <c>meters</c> of where that opened, within
/// <c>time</c> of its last joining, as long as the whole is not longer than <c>max_span</c>. The place of the opening counts, so that a chain of
/// joinings cannot wander through the city. Pure.
/// </summary>
internal static class NearbyIncidents
{
    /// <summary>Alerts merge within their class, drills and shadow rules among themselves; empty where the rule merges by its dedup key only.</summary>
    public static string ClassOf(EvaluationScope scope)
    {
        if (scope.Rule.Merge is null)
            return "";
        (string scheme, string code) = scope.Rule.EventClass ?? ("alertengine", scope.Rule.Id);
        return $"{Words.Of(scope.Status)}|{(scope.Variant.Stage == RuleStage.Shadow ? "shadow" : "live")}|{scheme}|{code}";
    }

    /// <summary>The alert that a detection joins; null where it opens one of its own.</summary>
    public static Alert? Find(AlertBook book, EvaluationScope scope, GeoPoint? point, long atTicks)
    {
        if (scope.Rule.Merge is not { } plan || point is null)
            return null;
        foreach (Alert alert in book.OfMergeClass(ClassOf(scope)))
        {
            if ((alert.IsFiring || alert.ForgottenAfterTicks >= scope.ForgottenBeforeTicks) && Joins(alert, plan, point, atTicks))
                return alert;
        }

        return null;
    }

    /// <summary>The alert with a joining noted: how long it may be joined follows from it.</summary>
    public static Alert Joined(Alert alert, MergePlan? plan, long atTicks)
    {
        long lastTicks = Math.Max(alert.LastJoinedAtTicks, atTicks);
        long untilTicks = plan is null ? 0 : Math.Min(lastTicks + (long)plan.Time.TotalTicks, alert.OpenedAtTicks + (long)plan.MaxSpan.TotalTicks);
        return alert with { LastJoinedAtTicks = lastTicks, JoinableUntilTicks = Math.Max(alert.JoinableUntilTicks, untilTicks) };
    }

    private static bool Joins(Alert alert, MergePlan plan, GeoPoint point, long atTicks) =>
        alert.Place.Point is { } opened
        && Math.Abs(atTicks - alert.LastJoinedAtTicks) <= (long)plan.Time.TotalTicks
        && Math.Max(atTicks, alert.LastJoinedAtTicks) - Math.Min(atTicks, alert.OpenedAtTicks) <= (long)plan.MaxSpan.TotalTicks
        && Geodesy.DistanceMeters(opened.Latitude, opened.Longitude, point.Latitude, point.Longitude) <= plan.Meters;
}
