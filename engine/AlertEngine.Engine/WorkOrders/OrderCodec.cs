using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>A work order as bytes of the journal, version 4.</summary>
internal static class OrderCodec
{
    private const byte Version = 4;

    public static void Write(StateWriter writer, WorkOrder order)
    {
        writer.Byte(Version);
        writer.Text(order.Id);
        AlertCodec.Write(writer, order.Alert);
        writer.Count(order.Revision);
        writer.Byte((byte)order.Operation);
        writer.Byte((byte)order.Status);
        writer.Text(order.Lead);
        WriteUnits(writer, order.CoHandlers);
        writer.Text(order.RouteReason);
        writer.Count(order.Episode);
        writer.Text(order.CommandLevel);
        writer.Text(order.CommandUnit);
        writer.Signed(order.EscalationsTaken);
        writer.Count(order.EscalationSequence);
        writer.Text(order.EscalationReason);
        writer.Signed(order.EscalationStartTicks);
        writer.Signed(order.HandedOverTicks);
        WriteOpenings(writer, order.OpeningsTicks);
        WriteOptional(writer, order.NextEscalationTicks);
        WriteDeadlines(writer, order.Deadlines);
        writer.Signed(order.DispatchedAtTicks);
        writer.Signed(order.RevisedAtTicks);
        WriteUnits(writer, order.ReturnedBy);
        writer.Byte((byte)order.SuspendedFrom);
        WriteOptional(writer, order.SuspendedAtTicks);
        WriteFeedback(writer, order.LastCommand);
        DeliveryCodec.Write(writer, order.Deliveries);
        WriteOptional(writer, order.KeptUntilTicks);
        writer.Text(order.ParentId);
    }

    public static WorkOrder Read(StateReader reader)
    {
        if (reader.Byte() is not Version and var version)
            throw new InvalidDataException($"an order of version {version}");
        return new WorkOrder
        {
            Id = reader.RequiredText(),
            Alert = AlertCodec.Read(reader),
            Revision = reader.Count(),
            Operation = (OrderOperation)reader.Byte(),
            Status = (OrderStatus)reader.Byte(),
            Lead = reader.RequiredText(),
            CoHandlers = ReadUnits(reader),
            RouteReason = reader.RequiredText(),
            Episode = reader.Count(),
            CommandLevel = reader.RequiredText(),
            CommandUnit = reader.Text(),
            EscalationsTaken = checked((uint)reader.Signed()),
            EscalationSequence = reader.Count(),
            EscalationReason = reader.Text(),
            EscalationStartTicks = reader.Signed(),
            HandedOverTicks = reader.Signed(),
            OpeningsTicks = ReadOpenings(reader),
            NextEscalationTicks = ReadOptional(reader),
            Deadlines = ReadDeadlines(reader),
            DispatchedAtTicks = reader.Signed(),
            RevisedAtTicks = reader.Signed(),
            ReturnedBy = ReadUnits(reader),
            SuspendedFrom = (OrderStatus)reader.Byte(),
            SuspendedAtTicks = ReadOptional(reader),
            LastCommand = ReadFeedback(reader),
            Deliveries = DeliveryCodec.Read(reader),
            KeptUntilTicks = ReadOptional(reader),
            ParentId = reader.Text(),
        };
    }

    private static void WriteUnits(StateWriter writer, ImmutableArray<string> units)
    {
        writer.Count(units.Length);
        foreach (string unit in units)
            writer.Text(unit);
    }

    private static void WriteFeedback(StateWriter writer, OrderFeedback? feedback)
    {
        writer.Text(feedback?.CommandId);
        if (feedback is null)
            return;
        writer.Byte((byte)feedback.Verb);
        writer.Text(feedback.Actor);
        writer.Text(feedback.Reason);
        writer.Signed(feedback.AtTicks);
        writer.Text(feedback.Unit);
    }

    private static void WriteOpenings(StateWriter writer, ImmutableArray<long> openings)
    {
        writer.Count(openings.Length);
        foreach (long opening in openings)
            writer.Signed(opening);
    }

    private static ImmutableArray<long> ReadOpenings(StateReader reader)
    {
        var openings = new long[reader.Bounded(RecurrenceTrigger.TimesMax)];
        for (int i = 0; i < openings.Length; i++)
            openings[i] = reader.Signed();
        return [.. openings];
    }

    private static OrderFeedback? ReadFeedback(StateReader reader) =>
        reader.Text() is { } id ? new OrderFeedback(id, (OrderVerb)reader.Byte(), reader.RequiredText(), reader.RequiredText(), reader.Signed(), reader.Text()) : null;

    private static ImmutableArray<string> ReadUnits(StateReader reader)
    {
        int count = reader.Count();
        var units = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < count; i++)
            units.Add(reader.RequiredText());
        return units.ToImmutable();
    }

    private static void WriteDeadlines(StateWriter writer, OrderDeadlines deadlines)
    {
        WriteOptional(writer, deadlines.AcknowledgeByTicks);
        WriteOptional(writer, deadlines.ArriveByTicks);
        WriteOptional(writer, deadlines.ResolveByTicks);
        writer.Text(deadlines.CalendarVersion);
        writer.Bool(deadlines.Plan is not null);
        if (deadlines.Plan is not { } plan)
            return;
        writer.Text(plan.Name);
        WriteLimit(writer, plan.Acknowledge);
        WriteLimit(writer, plan.Arrive);
        WriteLimit(writer, plan.Resolve);
        writer.Text(plan.CalendarId);
    }

    private static OrderDeadlines ReadDeadlines(StateReader reader)
    {
        long? acknowledge = ReadOptional(reader), arrive = ReadOptional(reader), resolve = ReadOptional(reader);
        string? calendarVersion = reader.Text();
        SlaPlan? plan = reader.Bool()
            ? new SlaPlan(reader.Text(), ReadLimit(reader), ReadLimit(reader), ReadLimit(reader), reader.Text())
            : null;
        return new OrderDeadlines(acknowledge, arrive, resolve, plan, calendarVersion);
    }

    private static void WriteLimit(StateWriter writer, SlaLimit? limit)
    {
        writer.Bool(limit is not null);
        if (limit is null)
            return;
        writer.Signed((long)limit.Amount.TotalTicks);
        writer.Byte((byte)limit.Unit);
    }

    private static SlaLimit? ReadLimit(StateReader reader) =>
        reader.Bool() ? new SlaLimit(Duration.FromTicks(reader.Signed()), (SlaUnit)reader.Byte()) : null;

    private static void WriteOptional(StateWriter writer, long? value)
    {
        writer.Bool(value is not null);
        writer.Signed(value ?? 0);
    }

    private static long? ReadOptional(StateReader reader)
    {
        bool isThere = reader.Bool();
        long value = reader.Signed();
        return isThere ? value : null;
    }
}
