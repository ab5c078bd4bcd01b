namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>Why an alert is held back.</summary>
/// <param name="By">The stage of RULES §5: <c>silence</c>, …</param>
/// <param name="Holder">What of the stage holds it: the id of a silence or of the alert that inhibits, the key of a group. With its end the alert is judged again.</param>
/// <param name="Reason">In words, for documents and explanations.</param>
/// <param name="IsFolded">Whether another order tells of it meanwhile, so that nothing will be owed.</param>
public sealed record Suppression(string By, string Holder, string Reason, bool IsFolded = false);

/// <summary>One stage of suppression: says why it holds an alert back. It decides; what is owed later is the chain's business.</summary>
internal interface ISuppressor
{
    /// <summary>Why the alert is held back at an instant of people's time; null where it is not.</summary>
    Suppression? Decide(Alert alert, long atTicks);
}
