namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>A silence: by whom, why, for which alerts, and always until when. Immutable. A matcher that is null fits all.</summary>
/// <param name="Id">The id of the command that began it.</param>
/// <param name="FromTicks">Its beginning, on people's time.</param>
/// <param name="UntilTicks">Its end, exclusive.</param>
/// <param name="RuleId">The rule of the alert.</param>
/// <param name="Key">Its key: mostly the device.</param>
/// <param name="District">Its district.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="Reason">Why.</param>
public sealed record Silence(
    string Id, long FromTicks, long UntilTicks, string? RuleId, string? Key, string? District, string Actor, string Reason)
{
    /// <summary>The code of the event class of the alert's rule.</summary>
    public string? EventClass { get; init; }

    /// <summary>For how many lateness classes its end has come: each comes to it when the events before it have been judged.</summary>
    public int ClassesEnded { get; init; }

    /// <summary>Whether it holds an alert back at an instant.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="eventClass">The code of its event class.</param>
    /// <param name="atTicks">The instant, on people's time.</param>
    public bool Holds(Alert alert, string eventClass, long atTicks) =>
        atTicks >= FromTicks && atTicks < UntilTicks
        && (RuleId is null || RuleId == alert.RuleId)
        && (Key is null || Key == alert.Key)
        && (EventClass is null || EventClass == eventClass)
        && (District is null || District == alert.Place.District);

    /// <summary>Whether a command that ends silences means it: it runs at that instant, and is no wider than what is to be ended.</summary>
    public bool IsEndedBy(SilenceCommand command, long atTicks) =>
        atTicks >= FromTicks && atTicks < UntilTicks
        && (command.RuleId is null || command.RuleId == RuleId)
        && (command.Key is null || command.Key == Key)
        && (command.EventClass is null || command.EventClass == EventClass)
        && (command.District is null || command.District == District);
}
