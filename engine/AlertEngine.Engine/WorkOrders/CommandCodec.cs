using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>The commands of a district as bytes of the journal: ids since the last batch, and all that wait.</summary>
internal sealed class CommandCodec(CommandBook book)
{
    public bool IsChanged => book.IsChanged;

    /// <summary>Writes what changed, or all of it, or that nothing did.</summary>
    public void Write(StateWriter writer, bool isAll)
    {
        writer.Bool(isAll || book.IsChanged);
        if (!isAll && !book.IsChanged)
            return;
        IReadOnlyCollection<string> ids = isAll ? book.Remembered : book.Added;
        writer.Count(ids.Count);
        foreach (string id in ids)
            writer.Text(id);
        writer.Count(book.Waiting.Count);
        foreach (WaitingCommand waiting in book.Waiting)
        {
            Write(writer, waiting.Command);
            WriteProgress(writer, waiting);
        }
    }

    /// <summary>Reads what was written.</summary>
    public void Read(StateReader reader)
    {
        if (!reader.Bool())
            return;
        string[] ids = new string[reader.Bounded(CommandBook.RememberedLimit * 16)];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = reader.RequiredText();
        var waiting = new WaitingCommand[reader.Bounded(CommandBook.WaitingLimit)];
        for (int i = 0; i < waiting.Length; i++)
            waiting[i] = ReadProgress(reader, Read(reader, reader.RequiredText()));
        book.Restore(ids, waiting);
    }

    public void MarkSaved() => book.MarkSaved();

    public void Clear() => book.Clear();

    private static void Write(StateWriter writer, OrderCommand command)
    {
        writer.Text(command.Id);
        writer.Byte((byte)command.Verb);
        writer.Signed(command.AtTicks);
        writer.Text(command.Actor);
        writer.Text(command.Reason);
        writer.Text(command.RuleId);
        writer.Text(command.Key);
        writer.Text(command.Order);
        writer.Bool(command.UntilTicks is not null);
        writer.Signed(command.UntilTicks ?? 0);
        writer.Text(command.ToUnit);
        writer.Text(command.Unit);
        writer.Bool(command.IsForOwner);
    }

    private static OrderCommand Read(StateReader reader, string id)
    {
        var command = new OrderCommand(id, (OrderVerb)reader.Byte(), reader.Signed(), reader.RequiredText(), reader.RequiredText())
        {
            RuleId = reader.Text(),
            Key = reader.Text(),
            Order = reader.Text(),
        };
        bool hasUntil = reader.Bool();
        long untilTicks = reader.Signed();
        return command with { UntilTicks = hasUntil ? untilTicks : null, ToUnit = reader.Text(), Unit = reader.Text(), IsForOwner = reader.Bool() };
    }

    private static void WriteProgress(StateWriter writer, WaitingCommand waiting)
    {
        writer.Count(waiting.ClassesDone);
        writer.Count(waiting.Answers.Length);
        foreach (OrderAnswer answer in waiting.Answers)
        {
            writer.Text(answer.OrderId);
            writer.Byte((byte)answer.Status);
            writer.Count(answer.Revision);
            writer.Text(answer.Refusal);
        }
    }

    private static WaitingCommand ReadProgress(StateReader reader, OrderCommand command)
    {
        int classesDone = reader.Count();
        var answers = new OrderAnswer[reader.Bounded(CommandStage.SelectedLimit)];
        for (int i = 0; i < answers.Length; i++)
            answers[i] = new OrderAnswer(reader.RequiredText(), (OrderStatus)reader.Byte(), reader.Count(), reader.Text());
        return new WaitingCommand(command, classesDone, [.. answers]);
    }
}
