namespace AlertEngine.Engine.Alerts.Suppression;

/// <summary>Why an alert is held back.</summary>
/// <param name="By">The stage of RULES §5: <c>silence</c>, …</param>
/// <param name="Reason">In words, for explanations.</param>
public sealed record Suppression(string By, string Reason);

/// <summary>One stage of suppression: says why it holds an alert back. It decides; what is owed later is the chain's business.</summary>
internal interface ISuppressor
{
    /// <summary>Why the alert is held back at an instant of people's time; null where it is not.</summary>
    Suppression? Decide(Alert alert, long atTicks);
}
