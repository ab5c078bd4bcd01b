using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Lanes;
using AlertEngine.Engine.WorkOrders;

namespace AlertEngine.Engine.RuleTests;

/// <summary>
/// What the lane of the city is told in a test: the events that rules of the city select, and the alerts of the districts. It stands between the
/// districts' kernels and the log, and hands all of it on in the order of event time once the districts have come that far; the city's own alerts
/// go to the log only.
/// </summary>
/// <param name="lane">The lane of the city.</param>
/// <param name="factory">Makes alerts into events.</param>
/// <param name="log">Takes everything that the districts decide.</param>
internal sealed class TestCity(TestLane lane, TestEventFactory factory, ObservationLog log) : IKernelObserver
{
    private readonly List<ArrivingEvent> _waiting = [];

    /// <inheritdoc />
    public void OnAlert(in AlertNotice notice)
    {
        log.OnAlert(notice);
        if (AlertEventDocument.Tells(notice) && factory.Make(notice.Alert, notice.AtTicks) is { } told)
            Forward(told);
    }

    /// <inheritdoc />
    public void OnOrder(WorkOrder order, ImmutableArray<string> topics) => log.OnOrder(order, topics);

    /// <inheritdoc />
    public void OnReply(CommandReply reply) => log.OnReply(reply);

    /// <summary>Forwards an event that came to a district.</summary>
    public void Forward(ArrivingEvent @event)
    {
        if (!@event.CityBucket.IsEmpty)
            _waiting.Add(@event);
    }

    /// <summary>The districts have come to an instant: what they told up to it arrives in the city.</summary>
    public void Pass(long ticks)
    {
        ArrivingEvent[] told = [.. _waiting.Where(@event => @event.Event.TimeTicks <= ticks)];
        _waiting.RemoveAll(@event => @event.Event.TimeTicks <= ticks);
        foreach (ArrivingEvent @event in told.OrderBy(@event => @event.Event.TimeTicks).ThenBy(@event => @event.Event.Source, StringComparer.Ordinal).ThenBy(@event => @event.Event.Id, StringComparer.Ordinal))
            lane.Arrive(@event.Event, @event.CityBucket);
        lane.Pass(ticks);
    }
}
