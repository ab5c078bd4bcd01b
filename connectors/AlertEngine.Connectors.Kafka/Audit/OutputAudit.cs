using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Connectors.Kafka.Audit;

/// <summary>What an audit came to.</summary>
/// <param name="Lanes">Lanes that wrote something.</param>
/// <param name="Messages">Their messages.</param>
/// <param name="Gaps">Numbers that are missing.</param>
/// <param name="Repeats">Numbers that were seen again.</param>
/// <param name="Reordered">Messages behind a later one of their lane in the same partition.</param>
/// <param name="Foreign">Messages that no lane wrote.</param>
/// <param name="Undeliverable">Numbers that no message has because the broker refused it for good; a dead letter stands for each. No gaps.</param>
/// <param name="Findings">One sentence each, at most a hundred.</param>
public sealed record AuditResult(int Lanes, long Messages, long Gaps, long Repeats, long Reordered, long Foreign, long Undeliverable, ImmutableArray<LocalText> Findings)
{
    /// <summary>Whether nothing is missing, repeated or reordered.</summary>
    public bool IsClean => Gaps == 0 && Repeats == 0 && Reordered == 0;
}

/// <summary>
/// Proves from the headers alone that nothing is missing, repeated or reordered. A lane is one of an engine (<c>ae-app</c>, <c>ae-lane</c>): several
/// engines may write to the same topics. Its numbers run over all topics (<c>ae-emit-seq</c>) and within each (<c>ae-topic-seq</c>); the former are
/// judged only where all topics are read. Where retention has taken the beginning of a partition,
/// what lies below its first remaining number is not judged. A number that a dead letter stands for (<see cref="TopicRecord.StandsFor"/>) is no gap.
/// Not thread-safe.
/// </summary>
public sealed class OutputAudit
{
    private const int MaxFindings = 100;
    private readonly bool _coversAllTopics;
    private readonly Func<string, int, bool> _isTrimmed;
    private readonly SortedDictionary<AuditedLane, Sequence> _lanes = [];
    private readonly SortedDictionary<(AuditedLane Lane, string Topic, long Run), Sequence> _topics = [];
    private readonly Dictionary<(AuditedLane Lane, string Topic, int Partition), long> _last = [];
    private readonly List<LocalText> _findings = [];
    private long _messages;
    private long _repeats;
    private long _reordered;
    private long _foreign;
    private long _undeliverable;

    /// <summary>An audit.</summary>
    /// <param name="coversAllTopics">Whether every topic that lanes write to is read.</param>
    /// <param name="isTrimmed">Whether a partition no longer begins at its first record.</param>
    public OutputAudit(bool coversAllTopics, Func<string, int, bool> isTrimmed)
    {
        _coversAllTopics = coversAllTopics;
        _isTrimmed = isTrimmed;
    }

    /// <summary>Takes a record; of one partition in order.</summary>
    public void Take(TopicRecord record)
    {
        if (record is not { Lane: { } number, EmitSeq: > 0 and { } emitSeq, TopicSeq: > 0 and { } topicSeq })
        {
            // People and the re-keyer of device topics write where lanes do; nobody else may.
            _foreign += record.Topic is TopicNames.Commands or TopicNames.Feedback or TopicNames.Rekeyed ? 0 : 1;
            return;
        }

        _messages++;
        AuditedLane lane = new(record.App, number);
        bool isFirst = !_last.TryGetValue((lane, record.Topic, record.Partition), out long last);
        bool isTrimmed = isFirst && _isTrimmed(record.Topic, record.Partition);
        bool isNew = Of(_lanes, lane).Take(emitSeq, isTrimmed) & Of(_topics, (lane, record.Topic, record.Run)).Take(topicSeq, isTrimmed);
        if (!isNew)
            Note(ref _repeats, new($"{lane.Name.Zh} 重复了 {emitSeq}，位于 {PlaceOf(record).Zh}", $"{lane.Name.En} repeats {emitSeq} at {PlaceOf(record).En}"));
        else if (emitSeq < last)
            Note(ref _reordered, new($"{lane.Name.Zh} 的 {emitSeq} 排在 {last} 之后，位于 {PlaceOf(record).Zh}", $"{lane.Name.En} has {emitSeq} behind {last} at {PlaceOf(record).En}"));
        _last[(lane, record.Topic, record.Partition)] = Math.Max(last, emitSeq);
        if (record.StandsFor is { } refused)
            Excuse(lane, record.Run, refused);
    }

    /// <summary>Judges what was taken.</summary>
    public AuditResult Finish()
    {
        long gaps = 0;
        if (_coversAllTopics)
            foreach (var (lane, sequence) in _lanes)
                gaps += Missing(sequence, lane.Name);
        foreach (var ((lane, topic, _), sequence) in _topics)
            gaps += Missing(sequence, new($"{lane.Name.Zh} 在 {topic} 中", $"{lane.Name.En} in {topic}"));
        return new(_lanes.Count, _messages, gaps, _repeats, _reordered, _foreign, _undeliverable, [.. _findings]);
    }

    /// <summary>A number that was refused is neither missing nor seen: it may not be seen besides.</summary>
    private void Excuse(AuditedLane lane, long run, (string Topic, long EmitSeq, long TopicSeq) refused)
    {
        _undeliverable++;
        if (!(Of(_lanes, lane).Take(refused.EmitSeq, false) & Of(_topics, (lane, refused.Topic, run)).Take(refused.TopicSeq, false)))
        {
            Note(ref _repeats, new(
                $"{lane.Name.Zh} 发布了 {refused.Topic} 的 {refused.EmitSeq}，尽管已有死信代替它", $"{lane.Name.En} has {refused.EmitSeq} of {refused.Topic} although a dead letter stands for it"));
        }
    }

    private static Sequence Of<TKey>(SortedDictionary<TKey, Sequence> sequences, TKey key)
        where TKey : notnull
    {
        if (!sequences.TryGetValue(key, out var sequence))
            sequences[key] = sequence = new Sequence();
        return sequence;
    }

    private long Missing(Sequence sequence, LocalText where)
    {
        long missing = 0;
        foreach (var (first, last) in sequence.Seen.Gaps(sequence.JudgedFrom))
        {
            missing += last - first + 1;
            if (_findings.Count < MaxFindings)
                _findings.Add(first == last
                    ? new($"{where.Zh}：缺少 {first}", $"{where.En}: {first} is missing")
                    : new($"{where.Zh}：缺少 {first} 至 {last}", $"{where.En}: {first} to {last} are missing"));
        }

        return missing;
    }

    private static LocalText PlaceOf(TopicRecord record) => new(
        $"{record.Topic} 分区 {record.Partition} 偏移 {record.Offset}", $"{record.Topic} partition {record.Partition} offset {record.Offset}");

    private void Note(ref long counter, LocalText finding)
    {
        counter++;
        if (_findings.Count < MaxFindings)
            _findings.Add(finding);
    }

    private sealed class Sequence
    {
        internal SequenceSet Seen { get; } = new();

        internal long JudgedFrom { get; private set; } = 1;

        internal bool Take(long number, bool isFirstOfTrimmed)
        {
            if (isFirstOfTrimmed)
                JudgedFrom = Math.Max(JudgedFrom, number);
            return Seen.Add(number);
        }
    }
}
