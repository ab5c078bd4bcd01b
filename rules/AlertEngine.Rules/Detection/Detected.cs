namespace AlertEngine.Rules.Detection;

/// <summary>What a detector says of a key.</summary>
public enum DetectedKind
{
    /// <summary>It begins to fire.</summary>
    Opened = 0,

    /// <summary>It goes on firing and something that may matter to severity or title has changed.</summary>
    Updated,

    /// <summary>It fires no more.</summary>
    Cleared,

    /// <summary>A single shot: it fires at its instant only and never clears.</summary>
    Shot,
}

/// <summary>Why something cleared. The words of RULES §10.</summary>
public enum ClearReason
{
    /// <summary>Its condition, or its clear condition, said so.</summary>
    Cleared = 0,

    /// <summary>A count fell below its threshold.</summary>
    BelowThreshold,

    /// <summary>Nothing matched for the declared time.</summary>
    Quiet,

    /// <summary>The rule became inactive.</summary>
    Inactive,

    /// <summary>An override or a silence that it lived by expired.</summary>
    Expired,
}

/// <summary>One finding of a detector. The values of its names are in the frame at that moment.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="AtTicks">When, in event time: the event's, or the due instant.</param>
/// <param name="Instance">Tells incidents of one key apart where a key may have several at once (correlate, overlapping sequences); otherwise empty.</param>
/// <param name="OpenerSource">The source of the opening event; null where a timer opened without any event.</param>
/// <param name="OpenerId">The id of the opening event; null likewise.</param>
/// <param name="Reason">Why it cleared; meaningful for <see cref="DetectedKind.Cleared"/> only.</param>
/// <param name="Contributions">How many detections it stands for in <c>mergedCount</c>: 1, or a correlation's members so far.</param>
public readonly record struct Detected(
    DetectedKind Kind,
    long AtTicks,
    string Instance,
    string? OpenerSource,
    string? OpenerId,
    ClearReason Reason = ClearReason.Cleared,
    int Contributions = 1);

/// <summary>Takes what detectors find, while the frame still holds what they found it in.</summary>
public interface IDetectionSink
{
    /// <summary>Takes one finding.</summary>
    void Take(in Detected detected);

    /// <summary>Counts a state that met its declared bound: never silent.</summary>
    void CountOverflow();

    /// <summary>Counts a condition or value that was neither true nor false nor anything (<c>rule_errors_total</c>).</summary>
    void CountError();

    /// <summary>
    /// Another state of the same rule and district was changed too: its timer is to be scheduled anew and the state to be written.
    /// The state that the detector was called with needs no word.
    /// </summary>
    void Touch(KeyState other);
}
