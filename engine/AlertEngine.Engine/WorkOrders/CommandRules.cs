using System.Text;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.WorkOrders.Centre;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>The instants of a command, in ticks of 100 ns since the Unix epoch.</summary>
/// <param name="AtTicks">When it was given; the lane's time where the command does not say it legibly.</param>
/// <param name="EffectiveAtTicks">When it is to take effect; null: as soon as it comes.</param>
/// <param name="UntilTicks">Until when; null where it does not say.</param>
internal readonly record struct CommandTimes(long AtTicks, long? EffectiveAtTicks, long? UntilTicks);

/// <summary>What a command must say and must not. Pure; the answer is the reason why it is refused, or null.</summary>
internal static class CommandRules
{
    /// <summary>Ids are remembered by the thousand.</summary>
    private const int MaxIdCharacters = 256;

    public static string? Check(CommandMessage message, bool isFeedback, TimeBounds bounds, out CommandTimes times)
    {
        string? badTime = ReadTimes(message, bounds, out times);
        return CheckEnvelope(message, isFeedback) ?? message.Fault ?? CheckWords(message) ?? CheckMembers(message) ?? badTime;
    }

    private static string? CheckEnvelope(CommandMessage message, bool isFeedback)
    {
        if (message.Id.Length > MaxIdCharacters)
            return $"the id has more than {MaxIdCharacters} characters";
        if (message.SpecVersion != "1.0")
            return $"attribute 'specversion' is '{message.SpecVersion}'; only 1.0 is known";
        return message.Type switch
        {
            CommandDecoder.FeedbackType => null,
            CommandDecoder.CommandType when !isFeedback => null,
            CommandDecoder.CommandType => $"type '{message.Type}' does not come as feedback; {CommandDecoder.FeedbackType} does",
            _ => $"type '{message.Type}' is neither {CommandDecoder.CommandType} nor {CommandDecoder.FeedbackType}",
        };
    }

    private static string? CheckWords(CommandMessage message)
    {
        if (message.Word.Length == 0)
            return "data.command is missing";
        if (!CommandWords.IsKnown(message.Word))
            return $"'{message.Word}' is none of {CommandWords.All}";
        if (message.Type == CommandDecoder.FeedbackType && !CommandWords.IsOfOrders(message.Word))
            return $"feedback is about orders; '{message.Word}' is a command";
        if (message.Actor.Length == 0)
            return "data.actor is missing: a command says who gives it";
        return message.Reason.Length == 0 ? "data.reason is missing: a command says why" : null;
    }

    /// <summary>A member that the word does not know was meant for another command; one that would select every order of a district was forgotten.</summary>
    private static string? CheckMembers(CommandMessage message)
    {
        bool isOfOrders = CommandWords.IsOfOrders(message.Word);
        if (message.Order is not null && !isOfOrders && message.Word != AdoptCommand.Adopt)
            return $"data.order does not belong to '{message.Word}'";
        if (message.Unit is not null && !isOfOrders)
            return $"data.unit does not belong to '{message.Word}'";
        if (message.EventClass is not null && message.Word is not ("silence" or "unsilence"))
            return $"data.class does not belong to '{message.Word}'";
        if (message.To is not null && message.Word != "reassign")
            return $"data.to does not belong to '{message.Word}'";
        if ((message.Mode is not null) != (message.Word == ContextCommand.SwitchMode))
            return message.Mode is null ? "data.mode is missing: which mode?" : $"data.mode does not belong to '{message.Word}'";
        if ((message.Scene is not null) != (message.Word is ContextCommand.StartScene or ContextCommand.StopScene))
            return message.Scene is null ? "data.scene is missing: which scene?" : $"data.scene does not belong to '{message.Word}'";
        if (CommandWords.IsOfContext(message.Word) && message is not { Rule: null, Key: null })
            return $"data.{(message.Rule is null ? "key" : "rule")} does not belong to '{message.Word}'";
        if (CheckAdoption(message) is { } fault)
            return fault;
        if (message.Until is not null && message.Word is not ("extend" or "silence"))
            return $"data.until does not belong to '{message.Word}'";
        return isOfOrders && message is { Order: null, Rule: null, Key: null } ? "no order is named: say data.order, or data.rule, or data.key" : null;
    }

    private static string? CheckAdoption(CommandMessage message)
    {
        bool isAdoption = message.Word == AdoptCommand.Adopt;
        foreach ((string name, string? value) in new[] { ("alert", message.Alert), ("parent", message.Parent), ("level", message.Level) })
        {
            if (isAdoption != value is not null)
                return isAdoption ? $"data.{name} is missing" : $"data.{name} does not belong to '{message.Word}'";
        }

        return isAdoption && message is not { Rule: null, Key: null } ? $"data.{(message.Rule is null ? "key" : "rule")} does not belong to '{message.Word}'" : null;
    }

    private static string? ReadTimes(CommandMessage message, TimeBounds bounds, out CommandTimes times)
    {
        bool hasTime = Rfc3339.Read(Encoding.UTF8.GetBytes(message.Time), out long atTicks) == Rfc3339Answer.Valid;
        times = new CommandTimes(hasTime ? atTicks : Math.Max(0, bounds.NowTicks), null, null);
        if (!hasTime)
            return message.Time.Length == 0 ? "attribute 'time' is missing" : Unreadable("attribute 'time'", message.Time);
        if (atTicks > bounds.LatestTicks)
            return $"attribute 'time' is ahead of what is admitted: '{message.Time}'";
        if (!TryRead(message.EffectiveAt, out long? effectiveAtTicks))
            return Unreadable("data.effectiveAt", message.EffectiveAt!);
        if (!TryRead(message.Until, out long? untilTicks))
            return Unreadable("data.until", message.Until!);
        times = new CommandTimes(atTicks, effectiveAtTicks, untilTicks);
        return null;
    }

    private static bool TryRead(string? text, out long? ticks)
    {
        ticks = null;
        if (text is null)
            return true;
        if (Rfc3339.Read(Encoding.UTF8.GetBytes(text), out long read) != Rfc3339Answer.Valid)
            return false;
        ticks = read;
        return true;
    }

    private static string Unreadable(string what, string text) => $"{what} is not an RFC 3339 time with an offset: '{text}'";
}
