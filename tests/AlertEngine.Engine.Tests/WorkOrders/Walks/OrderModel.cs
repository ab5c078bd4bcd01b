using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.WorkOrders;
using NodaTime;
using Xunit;

namespace AlertEngine.Engine.Tests.WorkOrders.Walks;

/// <summary>
/// What is true of any order whatever happens, kept beside the engine and as simply as can be: each revision is held against the one before it, and
/// the deadline is reckoned here once more from what the revisions say.
/// </summary>
internal sealed class OrderModel(ImmutableArray<string> levels, Duration limit) : IKernelObserver
{
    private readonly Dictionary<string, WorkOrder> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _resolveByTicks = new(StringComparer.Ordinal);

    public IReadOnlyCollection<WorkOrder> Orders => _last.Values;

    public long Revisions { get; private set; }

    public IReadOnlySet<(OrderStatus From, OrderStatus To)> Seen => _seen;

    private readonly HashSet<(OrderStatus From, OrderStatus To)> _seen = [];

    public void OnAlert(in AlertNotice notice)
    {
    }

    public void OnOrder(WorkOrder order, ImmutableArray<string> topics)
    {
        Revisions++;
        Assert.True(Enum.IsDefined(order.Status), $"{order.Id} is in no known status");
        if (_last.TryGetValue(order.Id, out WorkOrder? former))
            Follow(former, order);
        else
            Begin(order);
        Assert.Equal(_resolveByTicks[order.Id], order.Deadlines.ResolveByTicks);
        Assert.Equal(OrderDeliveries.UnitsOf(order), order.Deliveries.Select(delivery => delivery.Unit));
        _last[order.Id] = order;
    }

    /// <summary>Forgets orders that the engine may have forgotten, so that a long walk stays small.</summary>
    public void ForgetEnded(long beforeTicks)
    {
        foreach (WorkOrder order in _last.Values.Where(order => order.KeptUntilTicks < beforeTicks && !order.Alert.IsFiring).ToArray())
        {
            _last.Remove(order.Id);
            _resolveByTicks.Remove(order.Id);
        }
    }

    private void Begin(WorkOrder order)
    {
        Assert.Equal((1, OrderOperation.Dispatched, OrderStatus.Dispatched), (order.Revision, order.Operation, order.Status));
        _resolveByTicks[order.Id] = order.RevisedAtTicks + (long)limit.TotalTicks;
    }

    private void Follow(WorkOrder former, WorkOrder order)
    {
        Assert.Equal(former.Revision + 1, order.Revision);
        Assert.True(order.RevisedAtTicks >= former.RevisedAtTicks, $"{order.Id} goes back in time");
        Assert.True(IsPossible(former.Status, order.Status), $"{order.Id} went from {former.Status} to {order.Status}");
        _seen.Add((former.Status, order.Status));
        CheckLevel(former, order);
        CountClock(former, order);
        foreach (OrderDelivery delivery in order.Deliveries.Where(delivery => delivery.FirstRevision < order.Revision))
            Assert.True(OrderDeliveries.Find(former, delivery.Unit) is not { } before || delivery.Status >= before.Status, $"{delivery.Unit} fell back in {order.Id}");
    }

    private void CheckLevel(WorkOrder former, WorkOrder order)
    {
        (int before, int after) = (levels.IndexOf(former.CommandLevel), levels.IndexOf(order.CommandLevel));
        Assert.Equal(order.Operation == OrderOperation.Escalated, after > before);
        Assert.True(after >= before, $"{order.Id} fell to {order.CommandLevel}");
        Assert.Equal(former.EscalationSequence + (after > before ? 1 : 0), order.EscalationSequence);
    }

    private void CountClock(WorkOrder former, WorkOrder order)
    {
        bool isCommanded = order.LastCommand is not null && order.LastCommand.CommandId != former.LastCommand?.CommandId;
        if (former.Status == OrderStatus.Suspended && order.Status is OrderStatus.Dispatched or OrderStatus.Acknowledged or OrderStatus.Arrived && isCommanded)
            _resolveByTicks[order.Id] += order.RevisedAtTicks - former.SuspendedAtTicks!.Value;
        else if (IsEnded(former.Status) && order.Status == OrderStatus.Dispatched)
            _resolveByTicks[order.Id] = order.RevisedAtTicks + (long)limit.TotalTicks;
        else if (isCommanded && order.LastCommand!.Verb == OrderVerb.Extend)
            _resolveByTicks[order.Id] = order.Deadlines.ResolveByTicks!.Value;
    }

    // The same status: something else changed. From an end back to the beginning: a reopening, by people or by the alert.
    private static bool IsPossible(OrderStatus from, OrderStatus to) => from == to || to switch
    {
        OrderStatus.Dispatched => IsEnded(from) || from is OrderStatus.Acknowledged or OrderStatus.Arrived or OrderStatus.Suspended,
        OrderStatus.Acknowledged => from is OrderStatus.Dispatched or OrderStatus.Suspended,
        OrderStatus.Arrived => from is OrderStatus.Dispatched or OrderStatus.Acknowledged or OrderStatus.Suspended,
        OrderStatus.Verified => from == OrderStatus.Resolved,
        OrderStatus.Closed => from is not (OrderStatus.Returned or OrderStatus.Cancelled),
        OrderStatus.Cancelled => from is OrderStatus.Dispatched or OrderStatus.Acknowledged or OrderStatus.Arrived or OrderStatus.Suspended,
        _ => from is OrderStatus.Dispatched or OrderStatus.Acknowledged or OrderStatus.Arrived,
    };

    private static bool IsEnded(OrderStatus status) => status is OrderStatus.Resolved or OrderStatus.Verified or OrderStatus.Closed or OrderStatus.Cancelled;
}
