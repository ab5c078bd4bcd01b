namespace AlertEngine.Engine.Ports;

/// <summary>Which kind of output it is: each goes to its own topic, or its own file.</summary>
public enum OutputKind
{
    /// <summary>A work order, on the topic of a unit.</summary>
    WorkOrder = 0,

    /// <summary>An alert.</summary>
    Alert,

    /// <summary>A dead letter.</summary>
    DeadLetter,

    /// <summary>The answer to a command or feedback.</summary>
    Reply,

    /// <summary>A record that lanes write for lanes: a re-keyed event.</summary>
    Rekeyed,

    /// <summary>A record for the city lane.</summary>
    City,

    /// <summary>A notification for people.</summary>
    Notification,

    /// <summary>A digest of what happened (信息报送).</summary>
    Digest,
}

/// <summary>
/// One message that leaves the engine. Its number within the lane (<c>emit_seq</c>) is given when the batch is persisted, in the order of the
/// outputs, so the value holds none: the publisher adds it as a header, or as extension attributes in a file.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Topic">Where it goes.</param>
/// <param name="Key">The record's key.</param>
/// <param name="Value">One CloudEvent, structured JSON in UTF-8, beginning with '{'. Never empty.</param>
/// <param name="DispatchedTo">The lead unit, on the one message that first dispatches an order to it, so that summaries count orders and not
/// messages; null on every other message.</param>
public sealed record Output(OutputKind Kind, string Topic, string Key, ReadOnlyMemory<byte> Value, string? DispatchedTo = null)
{
    /// <summary>On a record that a lane writes for another lane: what it carries beside its value; null on every other message.</summary>
    public OutputTransit? Transit { get; init; }

    /// <summary>On the message that first dispatches an order: when its alert opened, in ticks of 100 ns since the Unix epoch. Only for measuring,
    /// so the journal does not keep it; null on every other message and on those that a recovered lane publishes.</summary>
    public long? OpenedAtTicks { get; init; }
}
