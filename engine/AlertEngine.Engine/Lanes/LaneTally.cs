using AlertEngine.Engine.Evaluate;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>What is counted of one district.</summary>
/// <param name="Accepted">Events accepted.</param>
/// <param name="Alerts">Alerts opened.</param>
/// <param name="Orders">Orders dispatched.</param>
public readonly record struct DistrictTally(long Accepted, long Alerts, long Orders)
{
    /// <summary>Both together.</summary>
    public static DistrictTally operator +(DistrictTally a, DistrictTally b) => new(a.Accepted + b.Accepted, a.Alerts + b.Alerts, a.Orders + b.Orders);
}

/// <summary>
/// What a lane counts. Each batch journals its own part, so that the sum of a resumed run is that of an undisturbed one. Not thread-safe.
/// </summary>
public sealed class LaneTally
{
    /// <summary>Records of events read.</summary>
    public long Events { get; set; }

    /// <summary>Records of commands and feedback read.</summary>
    public long Commands { get; set; }

    /// <summary>Events accepted.</summary>
    public long Accepted { get; set; }

    /// <summary>Duplicates dropped.</summary>
    public long Duplicates { get; set; }

    /// <summary>Events about which the shared memory of de-duplication could not be asked.</summary>
    public long DedupDegraded { get; set; }

    /// <summary>Records sent to the lane of their district.</summary>
    public long Rekeyed { get; set; }

    /// <summary>Outputs that lost something because they were too large for their topic.</summary>
    public long Trimmed { get; set; }

    /// <summary>Outputs for which a dead letter stands: too large, or refused by the broker for good.</summary>
    public long Undeliverable { get; set; }

    /// <summary>What the districts counted.</summary>
    public EvaluationTally Evaluation { get; set; }

    /// <summary>Dead letters by reason.</summary>
    public SortedDictionary<string, long> DeadLetters { get; } = new(StringComparer.Ordinal);

    /// <summary>Orders dispatched, by lead unit.</summary>
    public SortedDictionary<string, long> Orders { get; } = new(StringComparer.Ordinal);

    /// <summary>Districts by code.</summary>
    public SortedDictionary<string, DistrictTally> Districts { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts one dead letter.</summary>
    public void CountDeadLetter(string reason) => DeadLetters[reason] = DeadLetters.GetValueOrDefault(reason) + 1;

    /// <summary>Counts one order.</summary>
    public void CountOrder(string district, string lead)
    {
        Orders[lead] = Orders.GetValueOrDefault(lead) + 1;
        Count(district, new DistrictTally(0, 0, 1));
    }

    /// <summary>Counts something of a district.</summary>
    public void Count(string district, DistrictTally counted) => Districts[district] = Districts.GetValueOrDefault(district) + counted;

    /// <summary>Adds another tally to this one.</summary>
    public void Add(LaneTally other)
    {
        Events += other.Events;
        Commands += other.Commands;
        Accepted += other.Accepted;
        Duplicates += other.Duplicates;
        DedupDegraded += other.DedupDegraded;
        Rekeyed += other.Rekeyed;
        Trimmed += other.Trimmed;
        Undeliverable += other.Undeliverable;
        Evaluation += other.Evaluation;
        foreach ((string reason, long count) in other.DeadLetters)
            DeadLetters[reason] = DeadLetters.GetValueOrDefault(reason) + count;
        foreach ((string lead, long count) in other.Orders)
            Orders[lead] = Orders.GetValueOrDefault(lead) + count;
        foreach ((string district, DistrictTally counted) in other.Districts)
            Count(district, counted);
    }

    internal void Encode(StateWriter writer)
    {
        foreach (long count in (ReadOnlySpan<long>)[Events, Commands, Accepted, Duplicates, DedupDegraded, Rekeyed, Trimmed, Undeliverable])
            writer.Signed(count);
        EvaluationTally e = Evaluation;
        foreach (long count in (ReadOnlySpan<long>)[e.Evaluated, e.Hits, e.Late, e.Opened, e.Cleared, e.Suppressed, e.RuleErrors, e.Overflows])
            writer.Signed(count);
        EncodeCounts(writer, DeadLetters);
        EncodeCounts(writer, Orders);
        writer.Count(Districts.Count);
        foreach ((string district, DistrictTally counted) in Districts)
        {
            writer.Text(district);
            writer.Signed(counted.Accepted);
            writer.Signed(counted.Alerts);
            writer.Signed(counted.Orders);
        }
    }

    internal static LaneTally Decode(StateReader reader)
    {
        LaneTally tally = new()
        {
            Events = reader.Signed(),
            Commands = reader.Signed(),
            Accepted = reader.Signed(),
            Duplicates = reader.Signed(),
            DedupDegraded = reader.Signed(),
            Rekeyed = reader.Signed(),
            Trimmed = reader.Signed(),
            Undeliverable = reader.Signed(),
        };
        tally.Evaluation = new EvaluationTally(
            reader.Signed(), reader.Signed(), reader.Signed(), reader.Signed(), reader.Signed(), reader.Signed(), reader.Signed(), reader.Signed());
        DecodeCounts(reader, tally.DeadLetters);
        DecodeCounts(reader, tally.Orders);
        for (int left = reader.Count(); left > 0; left--)
            tally.Districts[reader.RequiredText()] = new DistrictTally(reader.Signed(), reader.Signed(), reader.Signed());
        return tally;
    }

    private static void EncodeCounts(StateWriter writer, SortedDictionary<string, long> counts)
    {
        writer.Count(counts.Count);
        foreach ((string name, long count) in counts)
        {
            writer.Text(name);
            writer.Signed(count);
        }
    }

    private static void DecodeCounts(StateReader reader, SortedDictionary<string, long> counts)
    {
        for (int left = reader.Count(); left > 0; left--)
            counts[reader.RequiredText()] = reader.Signed();
    }
}
