namespace AlertEngine.Engine.Lanes;

/// <summary>Why a lane halts, as far as a person can decide about it.</summary>
public enum HaltCause
{
    /// <summary>Nothing that a decision mends: the journal or the topics have to be restored.</summary>
    Damage = 0,

    /// <summary>More was published than the journal knows: it was restored from an older backup.</summary>
    Rewind,

    /// <summary>An input topic was created anew under its old name.</summary>
    Recreated,

    /// <summary>Topics have other numbers of partitions than before: districts are other lanes' now, which do not know them. No decision mends it.</summary>
    Repartitioned,
}

/// <summary>
/// A person's decision about one halt. It names the halt by its reason, numbers and all: a later halt is another question.
/// </summary>
/// <param name="Cause">What is accepted.</param>
/// <param name="Reason">The reason of the halt, as the lane gave it.</param>
public sealed record LaneConsent(HaltCause Cause, string Reason);

/// <summary>What operators are told about halts.</summary>
public static class LaneHalts
{
    /// <summary>What to do, in one sentence.</summary>
    public static string RemedyOf(HaltCause cause, int lane) => cause switch
    {
        HaltCause.Rewind => $"restore the newer journal, or decide to go on: alertengine lanes resume {lane} --accept-rewind sends again, as a run of its own, what came after the backup",
        HaltCause.Recreated => $"restore the topic, or decide to go on: alertengine lanes resume {lane} --accept-recreated reads the new topic from its beginning",
        HaltCause.Repartitioned => "create the topics anew with the former number of partitions and bring their records back, or begin anew with another Kafka:TransactionalIdPrefix and Kafka:GroupId and an empty journal",
        _ => "restore the journal or the topics from a backup; nothing is read or sent meanwhile",
    };
}
