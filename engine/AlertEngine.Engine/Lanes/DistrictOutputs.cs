using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Alerts.Suppression;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.Publish;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Engine.WorkOrders.Centre;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The messages of one district's batch, in order: an alert's change, then the revisions of orders that it called for. One message of an order
/// goes to each unit that gets it, with the same id and revision.
/// </summary>
internal sealed class DistrictOutputs(
    string district, RuleSet rules, RuleIndex index, ContextTimeline timeline, IKernelObserver? observer, Func<WorkOrder, bool> isParent, RuleIndex? cityIndex = null) : IOrderSink, IReplySink
{
    private readonly List<Output?> _outputs = [];

    public void Clear() => _outputs.Clear();

    /// <summary>A place for the message that tells the city lane of an alert; null where no rule of the city takes it.</summary>
    public int? ReserveForCity(in AlertNotice notice) =>
        cityIndex is not null && cityIndex.TakesAlertsOf(notice.Alert.RuleId) && AlertEventDocument.Tells(notice) ? Reserve() : null;

    public void FillForCity(int place, in AlertNotice notice, string? orderId) => _outputs[place] =
        new Output(OutputKind.City, LaneTopics.City, LaneTopics.EventKey, AlertEventDocument.Write(notice.Alert, notice.AtTicks, orderId));

    /// <summary>A place for a message whose content is known only after what follows it.</summary>
    public int Reserve()
    {
        _outputs.Add(null);
        return _outputs.Count - 1;
    }

    public void FillAlert(int place, in AlertNotice notice, string? orderId) => _outputs[place] = AlertOutput(
        notice.Alert, notice.SuppressedBy is null ? notice.Change : AlertChange.Suppressed, notice.AtTicks, orderId, notice.SuppressedBy);

    public void TakeAlert(Alert alert, AlertChange change, long atTicks, string? orderId) =>
        _outputs.Add(AlertOutput(alert, change, atTicks, orderId, null));

    public void Take(WorkOrder order, WorkOrder? former)
    {
        ReadOnlyMemory<byte> value = DocumentOf(order);
        ImmutableArray<string> topics = TopicsOf(order);
        for (int i = 0; i < topics.Length; i++)
        {
            bool isDispatch = i == 0 && order.Operation == OrderOperation.Dispatched;
            _outputs.Add(new Output(OutputKind.WorkOrder, topics[i], order.Id, value, isDispatch ? order.Lead : null) { OpenedAtTicks = isDispatch ? order.Alert.OpenedAtTicks : null });
        }

        observer?.OnOrder(order, topics);
        TellCentre(order, former);
        if (!order.Alert.Children.IsEmpty && isParent(order))
            _outputs.AddRange(Adoptions.Of(order, former, district).Select(told => CityCommands.Record(told.Command, district, told.District, LaneTopics.Commands)));
    }

    /// <summary>Once an order has risen to the city, the centre knows whose it is.</summary>
    private void TellCentre(WorkOrder order, WorkOrder? former)
    {
        if (cityIndex is null || !RaisedOrder.IsOne(order, rules.City) || (former is not null && RaisedOrder.IsOne(former, rules.City)))
            return;
        _outputs.Add(new Output(OutputKind.City, LaneTopics.City, LaneTopics.ReportKey, RaisedOrder.Report(order, district)));
    }

    /// <summary>Sends a command about a district's order on to it.</summary>
    public void SendOn(OrderCommand command, string owner, long nowTicks) => _outputs.Add(CityCommands.Record(command, district, owner, LaneTopics.Commands, nowTicks));

    // A drill has one topic, which has told its readers already.
    public void Tell(WorkOrder order, string unitId)
    {
        if (!TopicsOf(order).Contains(TopicOf(unitId)) && order.Alert.EventStatus == EventStatus.Actual)
            _outputs.Add(new Output(OutputKind.WorkOrder, TopicOf(unitId), order.Id, DocumentOf(order)));
    }

    /// <summary>Sends a command of the city on to each of its districts.</summary>
    public void Broadcast(DistrictCommand command, long nowTicks) => _outputs.AddRange(
        rules.City.Districts.Keys.Order(StringComparer.Ordinal).Select(code => CityCommands.Record(command, district, code, LaneTopics.Commands, nowTicks)));

    public void Take(CommandReply reply)
    {
        _outputs.Add(new Output(OutputKind.Reply, CommandReply.Topic, reply.Command.Id, reply.Write(district)));
        observer?.OnReply(reply);
    }

    /// <summary>What began and ended: the mode first, then scenes that ended, then those that began.</summary>
    public void Take(ContextTurn turn)
    {
        if (turn.IsModeSwitched)
            Notify(ContextDocument.Mode(district, turn, rules.City));
        foreach (string scene in turn.Ended)
            Notify(ContextDocument.Scene(district, scene, false, turn.AtTicks, rules.City));
        foreach (string scene in turn.Started)
            Notify(ContextDocument.Scene(district, scene, true, turn.AtTicks, rules.City));
    }

    /// <summary>Something is to be said to an audience.</summary>
    public void Broadcast(in AlertNotice notice, LocalText name, string audience, LocalText text) => Notify(BroadcastDocument.Requested(district, notice, name, audience, text));

    /// <summary>What was said to an audience is over.</summary>
    public void EndBroadcast(in AlertNotice notice, LocalText name, string audience) => Notify(BroadcastDocument.Ended(district, notice, name, audience));

    /// <summary>A digest of this district; the centre gets it too.</summary>
    public void Take(DigestNumbers numbers)
    {
        ReadOnlyMemory<byte> value = DigestDocument.Write(district, rules.City.Districts.GetValueOrDefault(district)?.Name ?? LocalText.Both(district), numbers, rules.City.Zone);
        _outputs.Add(new Output(OutputKind.Digest, DigestDocument.Topic, district, value));
        if (cityIndex is not null)
            _outputs.Add(new Output(OutputKind.City, LaneTopics.City, LaneTopics.ReportKey, value));
    }

    /// <summary>The digest of the whole city.</summary>
    public void Take(CityDigest digest) => _outputs.Add(new Output(OutputKind.Digest, DigestDocument.Topic, district, DigestDocument.Write(rules.City, digest)));

    private void Notify(ReadOnlyMemory<byte> value) => _outputs.Add(new Output(OutputKind.Notification, ContextDocument.Topic, district, value));

    public ImmutableArray<Output> Take() => [.. _outputs.OfType<Output>()];

    private ReadOnlyMemory<byte> DocumentOf(WorkOrder order)
    {
        DistrictContext context = timeline.At(order.RevisedAtTicks).Context;
        return OrderDocument.Write(
            order, new OrderSetting(index.RuleOf(order.Alert.RuleId), rules.Hash, rules.City, context.Mode, context.Scenes));
    }

    // A drill must never become a real order: one message, on the topic that no unit acts upon.
    private ImmutableArray<string> TopicsOf(WorkOrder order) =>
        order.Alert.EventStatus == EventStatus.Actual ? [.. OrderDeliveries.UnitsOf(order).Select(TopicOf)] : [OrderDocument.ExerciseTopic];

    private string TopicOf(string unitId) => rules.City.FindUnit(unitId)?.Topic ?? Rules.Files.City.CityModel.TopicOf(unitId);

    private Output AlertOutput(Alert alert, AlertChange change, long atTicks, string? orderId, Suppression? suppression) =>
        new(OutputKind.Alert, AlertDocument.Topic, alert.Id, AlertDocument.Write(alert, change, atTicks, rules.Hash, orderId, suppression));
}
