using System.Collections.Immutable;

namespace AlertEngine.Engine.WorkOrders.Centre;

/// <summary>Gives a district's orders their parent: one revision of each, one reply. Owned by one district; not thread-safe.</summary>
/// <param name="book">The district's orders.</param>
/// <param name="setting">Levels and rosters.</param>
/// <param name="sending">Sends the revisions.</param>
/// <param name="replies">Takes the answers.</param>
internal sealed class AdoptionStage(OrderBook book, EscalationSetting setting, EscalationStage sending, IReplySink replies)
{
    /// <summary>Takes a command that is new.</summary>
    /// <param name="command">The command.</param>
    /// <param name="atTicks">The instant, on people's time; what an order said later than that stays before it.</param>
    public void Take(AdoptCommand command, long atTicks)
    {
        // What speaks for an alert of a group is the group's order, which bears another alert's id.
        string alertId = command.OrderId is { } id && book.Find(id) is { } known ? known.Alert.Id : command.AlertId;
        ImmutableArray<OrderAnswer> answers =
        [
            .. book.OfAlert(alertId).Where(order => order.Status != OrderStatus.Returned && OrderRetention.IsKept(order, atTicks)).ToArray().Select(order => Join(order, command, atTicks)),
        ];
        bool isAccepted = answers.Any(answer => answer.Refusal is null);
        string? refusal = isAccepted ? null : answers.IsEmpty ? OrderRetention.Refusal(command.OrderId ?? alertId, setting.City) : answers[0].Refusal;
        replies.Take(new CommandReply(command, isAccepted ? CommandOutcome.Accepted : CommandOutcome.Refused, refusal, atTicks, answers));
    }

    private OrderAnswer Join(WorkOrder order, AdoptCommand command, long atTicks)
    {
        WorkOrder joined = Escalation.Join(order, command.ParentId, command.Level, setting, Math.Max(atTicks, order.RevisedAtTicks));
        if (joined.Revision == order.Revision)
            return new OrderAnswer(order.Id, order.Status, order.Revision, $"the order belongs to {command.ParentId} already");
        WorkOrder sent = sending.Send(joined);
        return new OrderAnswer(sent.Id, sent.Status, sent.Revision, null);
    }
}
