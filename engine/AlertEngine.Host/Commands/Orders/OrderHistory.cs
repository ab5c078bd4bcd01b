using System.Text.Json;
using AlertEngine.Engine.Publish.Views;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Host.Commands.Orders;

/// <summary>What was published of one order, in the order of its revisions. The copies for its units are one message.</summary>
internal sealed record OrderHistory(IReadOnlyList<OrderRevision> Revisions)
{
    public OrderRevision First => Revisions[0];

    public OrderRevision Last => Revisions[^1];

    /// <summary>The orders of these messages, oldest first.</summary>
    public static IEnumerable<OrderHistory> Of(IEnumerable<JsonElement> messages) =>
        messages.Select(message => new OrderRevision(message)).GroupBy(revision => revision.OrderId)
            .Select(order => new OrderHistory([.. order.DistinctBy(revision => revision.Number).OrderBy(revision => revision.Number)]))
            .OrderBy(order => order.First.Text("dispatchedAt"), StringComparer.Ordinal).ThenBy(order => order.First.OrderId, StringComparer.Ordinal);

    /// <summary>Which limit has passed by an instant without what it asks for; empty: none, or the order has ended.</summary>
    public string OverdueAt(Instant at)
    {
        int reached = Array.IndexOf(Reached, Last.Text("status"));
        if (Last.HasEnded || Last.Text("status") == "suspended" || reached < 0)
            return "";
        return reached < 3 && IsPast("resolveBy", at) ? "resolve" : reached < 2 && IsPast("arriveBy", at) ? "arrive" : reached < 1 && IsPast("acknowledgeBy", at) ? "acknowledge" : "";
    }

    private static readonly string[] Reached = ["dispatched", "acknowledged", "arrived", "resolved", "verified"];

    private bool IsPast(string limit, Instant at) =>
        Last.Text("sla", limit) is { Length: > 0 } text && OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } by && by.Value.ToInstant() < at;
}
