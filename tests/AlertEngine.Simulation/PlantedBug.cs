namespace AlertEngine.Simulation;

/// <summary>
/// Ways to build the engine wrong in one place. Each is switched on in tests only, to see that the simulator finds it; none can be reached by
/// the program.
/// </summary>
internal enum PlantedBug
{
    /// <summary>The engine as it is.</summary>
    None = 0,

    /// <summary>A lane begins where the group's committed offsets say.</summary>
    ResumeFromGroupOffsets,

    /// <summary>De-duplication by a plain SETNX: a replay meets its own claim and calls itself a duplicate.</summary>
    PlainSetNx,

    /// <summary>Outputs go out while their batch is still being written.</summary>
    PublishBeforePersist,

    /// <summary>The position is written beside the transaction.</summary>
    PositionOutsideTransaction,

    /// <summary>Each process has transactional ids of its own, so that nobody fences anybody.</summary>
    NoFencing,

    /// <summary>A fenced lane initialises again and goes on.</summary>
    FencedLaneReinitialises,

    /// <summary>A commit of unknown outcome counts as aborted and is published again.</summary>
    RetryOfUnknownCommit,

    /// <summary>A write of unknown outcome is written again behind it.</summary>
    RetryOfUnknownPersist,

    /// <summary>Reading goes on at the read offsets, past events that wait in buffers.</summary>
    FrontierPastBufferedEvents,

    /// <summary>The window is not recovered.</summary>
    WindowNotJournaled,

    /// <summary>The next batch is written before the former is durable.</summary>
    TwoWritesInFlight,

    /// <summary>A snapshot does not wait until its outputs are published, and rows are pruned behind it.</summary>
    PruningBehindTheSnapshotOnly,

    /// <summary>Districts are encoded when the snapshot is saved, not when it was begun.</summary>
    LiveObjectsInASnapshot,

    /// <summary>A district of which parts were taken one after the other counts as taken when the last of them was.</summary>
    SlicesOfOneInstant,

    /// <summary>The tail check reads to the last stable offset and does not wait.</summary>
    TailCheckToTheLastStableOffset,

    /// <summary>Recovery does not apply the stored effects of timers: they are evaluated again.</summary>
    TimersEvaluatedAgainOnRecovery,

    /// <summary>Commands count as read to their end before anybody has looked: orders that were acknowledged meanwhile are escalated first.</summary>
    PeoplesTimersBeforeCommands,

    /// <summary>The position is read with transactions that were aborted.</summary>
    PositionReadUncommitted,

    /// <summary>A coordinate is an offset alone, so that another lane's event of the same offset is taken for our own.</summary>
    CoordinateWithoutPartition,

    /// <summary>A write goes behind whatever rows are there, also behind another owner's.</summary>
    JournalWithoutUniqueKey,

    /// <summary>The keys of pruned rows are free again: a former owner writes there, is told that it is durable, and goes on.</summary>
    RowsWhereRowsWerePruned,

    /// <summary>The city lane is told of a batch's time before it is told of all that happened in the batch.</summary>
    WatermarkBeforeItsAlerts,

    /// <summary>A new owner recovers and writes to the journal, and fences the former owner only when it publishes.</summary>
    JournalBeforeFencing,
}
