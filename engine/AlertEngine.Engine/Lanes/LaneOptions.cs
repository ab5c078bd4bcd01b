using System.Collections.Immutable;
using AlertEngine.Engine.Publish;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.Lanes;

/// <summary>How a lane runs. Immutable; every queue and batch it names is a limit.</summary>
public sealed record LaneOptions
{
    /// <summary>The lane's number, from 0.</summary>
    public int Lane { get; init; }

    /// <summary>The engine that the lane belongs to: what other engines' lanes wrote for their own is passed over. Empty: there is no other. Default empty.</summary>
    public string App { get; init; } = "";

    /// <summary>Whether finite inputs are replayed: batches of a fixed number of records, inputs merged by event time, <c>now</c> on the event clock.</summary>
    public bool IsReplay { get; init; }

    /// <summary>Records a batch takes at most; exactly so many in a replay, but for the last one. Default 8,192.</summary>
    public int BatchRecords { get; init; } = 8_192;

    /// <summary>Records decoded in one step, so that answers are not kept waiting behind a whole batch. Default 1,024.</summary>
    public int SliceRecords { get; init; } = 1_024;

    /// <summary>Outputs one publication holds at most. Default 4,000.</summary>
    public int PublishOutputs { get; init; } = 4_000;

    /// <summary>Unpublished outputs above which event inputs pause; commands and feedback never do. Default 50,000.</summary>
    public int BacklogOutputs { get; init; } = 50_000;

    /// <summary>Events waiting in reorder buffers above which only the inputs that hold the front back are read. Default 1,000,000.</summary>
    public int BufferedEvents { get; init; } = 1_000_000;

    /// <summary>Batches between snapshots at least. Default 64.</summary>
    public int SnapshotBatches { get; init; } = 64;

    /// <summary>Journal bytes between snapshots at least, so that snapshots never cost more than the journal itself. Default 8 MiB.</summary>
    public long SnapshotJournalBytes { get; init; } = 8 << 20;

    /// <summary>
    /// About how much of the districts' state is encoded between two batches, in bytes: a snapshot holds no batch up for longer than that takes, some
    /// 20 ms a MiB of a processor of its own. Default 1 MiB.
    /// </summary>
    public int SnapshotPartBytes { get; init; } = 1 << 20;

    /// <summary>The largest row of the journal, in bytes. Default 512 KiB.</summary>
    public int RowBytes { get; init; } = 512 << 10;

    /// <summary>How far ahead of the clock an event may be. Live only. Default 5 minutes.</summary>
    public Duration MaxSkew { get; init; } = Duration.FromMinutes(5);

    /// <summary>How far ahead of the highest event time so far an event may be. Replay only. Default 366 days.</summary>
    public Duration MaxGap { get; init; } = Duration.FromDays(366);

    /// <summary>After so long without a record an input no longer holds the front back. Live only. Default 30 seconds.</summary>
    public Duration Idle { get; init; } = Duration.FromSeconds(30);

    /// <summary>Whether a shared memory of de-duplication is asked.</summary>
    public bool AsksDedup { get; init; }

    /// <summary>Whether the input waits while the shared memory cannot be asked (policy <c>pause</c>); otherwise the window alone decides (<c>local</c>).</summary>
    public bool PausesWithoutDedup { get; init; }

    /// <summary>Which lane a district belongs to; an event of another one's is sent there. Pure and cheap. Null: every district is this lane's.</summary>
    public Func<string, int>? LaneOf { get; init; }

    /// <summary>The city's code, where there is a city lane: it is told what concerns it. Empty: there is none.</summary>
    public string CityCode { get; init; } = "";

    /// <summary>How many lanes send to this one, where this is the city lane: the least of their watermarks is its time. 0: it is a lane of districts.</summary>
    public int SendingLanes { get; init; }

    /// <summary>
    /// The districts to which this lane brings commands of the city itself. Replay only: its one lane of districts reads all commands in the order of
    /// their time, and the city lane runs behind it. Empty: the city lane sends them on.
    /// </summary>
    public ImmutableArray<string> CityDistricts { get; init; } = [];

    /// <summary>
    /// Whether a replay that had come to its end goes on, because an input has grown: what the city lane has to say to districts comes when it has
    /// heard all of them.
    /// </summary>
    public bool GoesOn { get; init; }

    /// <summary>Whether this is the city lane: everything is its own district's, and it has no city lane to tell.</summary>
    public bool IsCity => SendingLanes > 0;

    /// <summary>How far event time goes on before an idle lane tells the city lane again; a replay tells with each batch. Null: nothing there waits for it.</summary>
    public Duration? CityBeat { get; init; }

    /// <summary>How large outputs may be.</summary>
    public OutputLimits OutputLimits { get; init; } = OutputLimits.Default;

    /// <summary>Aborted publications in a row after which the producer is made anew. Default 3.</summary>
    public int PublishAttempts { get; init; } = 3;

    /// <summary>A planted bug, for the simulator to find: snapshots do not wait for their outputs. Nothing else can set it.</summary>
    internal bool SnapshotsAheadOfOutputs { get; init; }

    /// <summary>A planted bug: the city lane is told of a batch's time before all of the batch's alerts. Nothing else can set it.</summary>
    internal bool BeatsAheadOfAlerts { get; init; }

    /// <summary>The run that a lane begins with: tells what was published before an accepted rewind from what came after.</summary>
    public string RunId { get; init; } = "1";

    /// <summary>A person's decision about the halt that this life of the lane would meet; null: none.</summary>
    public LaneConsent? Consent { get; init; }
}

/// <summary>What a lane needs to know of the rules: which care about an event, and how long each class of them waits.</summary>
/// <param name="Hash">The rule set's hash.</param>
/// <param name="LatenessTicks">The lateness of each class, rising, in ticks of 100 ns.</param>
/// <param name="Find">The bucket of an event's type and district.</param>
public sealed record LaneRules(string Hash, ImmutableArray<long> LatenessTicks, Func<string, string, RuleBucket> Find)
{
    /// <summary>The bucket of the city's rules, for events that are forwarded to their lane; null: there is no such lane, or this is it.</summary>
    public Func<string, string, RuleBucket>? FindForCity { get; init; }

    /// <summary>The rules of a compiled set.</summary>
    /// <param name="rules">The set.</param>
    /// <param name="index">The rules that this lane evaluates.</param>
    /// <param name="cityIndex">Those of the city, for a lane that tells the city's.</param>
    public static LaneRules Of(RuleSet rules, RuleIndex index, RuleIndex? cityIndex = null) =>
        new(rules.Hash, [.. index.Classes.Select(lateness => lateness.BclCompatibleTicks)], index.Find) { FindForCity = cityIndex is null ? null : cityIndex.Find };

    /// <summary>The longest wait of any class.</summary>
    public long HighestLatenessTicks => LatenessTicks.IsEmpty ? 0 : LatenessTicks[^1];
}
