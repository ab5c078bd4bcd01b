using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Route;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>Takes the answers to commands.</summary>
internal interface IReplySink
{
    void Take(CommandReply reply);
}

/// <summary>
/// From commands to revisions of orders: one revision for each order that accepts the command, one reply for each command. Owned by one
/// district; not thread-safe.
/// </summary>
/// <param name="book">The orders.</param>
/// <param name="selection">Which of them a command means.</param>
/// <param name="commands">The commands.</param>
/// <param name="sending">Sends the revisions.</param>
/// <param name="routeWithout">The way of an order without some units; null where none is left.</param>
/// <param name="city">The city.</param>
/// <param name="fronts">The lateness classes of rules.</param>
/// <param name="orders">Tells units that an order has left.</param>
/// <param name="replies">Takes the answers.</param>
/// <param name="sendOn">Sends on what is about another district's order; false where none is known.</param>
internal sealed class CommandStage(
    OrderBook book, OrderSelection selection, CommandBook commands, EscalationStage sending, Func<WorkOrder, ImmutableArray<string>, RouteTaken?> routeWithout,
    CityModel city, PeopleFronts fronts, IOrderSink orders, IReplySink replies, Func<OrderCommand, bool> sendOn)
{
    /// <summary>A command that means more orders than this is not meant like that.</summary>
    public const int SelectedLimit = 1_000;

    /// <summary>Takes in a command that came; true where it is new.</summary>
    /// <param name="command">The command.</param>
    /// <param name="atTicks">The instant of a reply that is due at once.</param>
    public bool Admit(DistrictCommand command, long atTicks)
    {
        bool isNew = commands.TryRemember(command.Id);
        if (!isNew && command is OrderCommand { IsForOwner: true })
            return false;
        if (!isNew)
            replies.Take(new CommandReply(command, CommandOutcome.Repeated, null, atTicks, []));
        else if (commands.IsFull)
            Refuse(command, $"more than {CommandBook.WaitingLimit} commands wait for their time", atTicks);
        else
            return true;
        return false;
    }

    /// <summary>Answers a command that is not about orders.</summary>
    public void Answer(DistrictCommand command, string? refusal, long atTicks) => replies.Take(
        new CommandReply(command, refusal is null ? CommandOutcome.Accepted : CommandOutcome.Refused, refusal, atTicks, []));

    /// <summary>Lets a command take effect on the orders of its next lateness class. With the last class it is answered.</summary>
    /// <param name="waiting">The command.</param>
    /// <param name="atTicks">The instant, on people's time.</param>
    /// <returns>What it did so far; null where it has been answered.</returns>
    public ImmutableArray<OrderAnswer>? Take(WaitingCommand waiting, long atTicks)
    {
        OrderCommand command = waiting.Command;
        ImmutableArray<WorkOrder> possible = [.. Fitting(command, atTicks).Where(order => IsPossible(order, waiting))];
        if (possible.Length + waiting.Answers.Length > SelectedLimit)
        {
            Answer(command, waiting.Answers, $"more than {SelectedLimit} orders are selected", atTicks);
            return null;
        }

        ImmutableArray<OrderAnswer> answers = [.. waiting.Answers, .. possible.Select(order => Change(order, command, atTicks))];
        if (waiting.ClassesDone < fronts.LastClass)
            return answers;
        if (answers.IsEmpty)
            answers = [.. Unfit(command, atTicks).Take(SelectedLimit).Select(order => Change(order, command, atTicks))];
        if (answers.IsEmpty && command.IsForOwner)
            return null;
        if (answers.IsEmpty && sendOn(command))
        {
            Answer(command, null, atTicks);
            return null;
        }

        Answer(command, answers, answers.IsEmpty ? OrderRetention.Refusal(command.Order, city) : answers[0].Refusal, atTicks);
        return null;
    }

    private void Answer(OrderCommand command, ImmutableArray<OrderAnswer> answers, string? refusal, long atTicks)
    {
        bool isAccepted = answers.Any(answer => answer.Refusal is null);
        replies.Take(new CommandReply(command, isAccepted ? CommandOutcome.Accepted : CommandOutcome.Refused, isAccepted ? null : refusal, atTicks, answers));
    }

    private bool IsPossible(WorkOrder order, WaitingCommand waiting) =>
        Math.Min(waiting.ClassesDone, fronts.LastClass) == fronts.ClassOf(order.Alert.RuleId)
        && (OrderTransitions.IsReport(order, waiting.Command) ? order.IsOpen : OrderLifecycle.Decide(order, waiting.Command.Verb).IsAccepted);

    private IEnumerable<WorkOrder> Fitting(OrderCommand command, long atTicks) =>
        selection.Of(command).Where(order => OrderRetention.IsKept(order, atTicks) && (!command.IsForOwner || Centre.RaisedOrder.IsOne(order, city)));

    /// <summary>Of the orders that a command's selectors fit, those that tell best why it is possible for none: the open ones, else the last.</summary>
    private ImmutableArray<WorkOrder> Unfit(OrderCommand command, long atTicks)
    {
        ImmutableArray<WorkOrder> fitting = [.. Fitting(command, atTicks)];
        ImmutableArray<WorkOrder> open = [.. fitting.Where(order => order.IsOpen)];
        return !open.IsEmpty ? open : fitting.IsEmpty ? fitting : [fitting[^1]];
    }

    private OrderAnswer Change(WorkOrder order, OrderCommand command, long atTicks)
    {
        bool isReport = OrderTransitions.IsReport(order, command);
        OrderDecision decision = OrderLifecycle.Decide(order, command.Verb);
        string? refusal = OrderTransitions.UnitFault(order, command) ?? (isReport ? null : decision.Refusal) ?? OrderTransitions.Fault(order, command) ?? CityFault(command);
        bool isReturn = refusal is null && command.Verb == OrderVerb.Return;
        RouteTaken? next = isReturn ? routeWithout(order, order.ReturnedBy.Add(order.Lead)) : null;
        if (isReturn && next is null)
            refusal = $"no route leads to another unit than {order.Lead}";
        if (refusal is not null)
            return new OrderAnswer(order.Id, order.Status, order.Revision, refusal);
        WorkOrder sent = sending.Send(isReport
            ? OrderTransitions.Report(order, command, atTicks)
            : OrderTransitions.Apply(order, command, decision, DeadlinesAfter(order, command.Verb, atTicks), atTicks));
        if (command.Verb == OrderVerb.Reassign)
            orders.Tell(sent, order.Lead);
        if (next is not null)
            DispatchAgain(sent, next, atTicks);
        return new OrderAnswer(order.Id, sent.Status, sent.Revision, null);
    }

    /// <summary>A returned order goes on as another one: the next episode, with a way and an id of its own.</summary>
    private void DispatchAgain(WorkOrder returned, RouteTaken next, long atTicks)
    {
        int episode = NextEpisode(returned, next.Lead);
        sending.Send(returned with
        {
            Id = AlertId.OfOrder(returned.Alert.Id, next.Lead, episode),
            Revision = 1,
            Operation = OrderOperation.Dispatched,
            Status = OrderStatus.Dispatched,
            Lead = next.Lead,
            CoHandlers = next.CoHandlers,
            RouteReason = $"{next.Reason}; returned by {returned.Lead}",
            Episode = episode,
            ReturnedBy = returned.ReturnedBy.Add(returned.Lead),
            EscalationsTaken = 0,
            EscalationSequence = 0,
            EscalationReason = null,
            EscalationStartTicks = atTicks,
            HandedOverTicks = atTicks,
            Deliveries = [],
            Deadlines = SlaClock.Deadlines(returned.Deadlines.Plan, city, atTicks),
            DispatchedAtTicks = atTicks,
            LastCommand = null,
        });
    }

    // Two orders of one alert may come back to the same unit; each dispatch is an order of its own.
    private int NextEpisode(WorkOrder returned, string lead)
    {
        int episode = returned.Episode + 1;
        while (book.Find(AlertId.OfOrder(returned.Alert.Id, lead, episode)) is not null)
            episode++;
        return episode;
    }

    private OrderDeadlines DeadlinesAfter(WorkOrder order, OrderVerb verb, long atTicks) => verb switch
    {
        OrderVerb.Reopen => SlaClock.Deadlines(order.Deadlines.Plan, city, atTicks),
        OrderVerb.Resume => SlaClock.Resume(order.Deadlines, city, order.SuspendedAtTicks ?? atTicks, atTicks),
        _ => order.Deadlines,
    };

    private string? CityFault(OrderCommand command) =>
        command.ToUnit is { } unit && city.FindUnit(unit) is null ? $"the city has no unit '{unit}'" : null;

    private void Refuse(DistrictCommand command, string reason, long atTicks) =>
        replies.Take(new CommandReply(command, CommandOutcome.Refused, reason, atTicks, []));
}
