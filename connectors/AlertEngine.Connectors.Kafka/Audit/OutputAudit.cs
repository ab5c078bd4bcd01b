using System.Collections.Immutable;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Connectors.Kafka.Topics;

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
public sealed record AuditResult(int Lanes, long Messages, long Gaps, long Repeats, long Reordered, long Foreign, long Undeliverable, ImmutableArray<string> Findings)
{
    /// <summary>Whether nothing is missing, repeated or reordered.</summary>
    public bool IsClean => Gaps == 0 && Repeats == 0 && Reordered == 0;
}

/// <summary>
/// Proves from the headers alone that nothing is missing, repeated or reordered. The numbers of a lane run over all topics (<c>ae-emit-seq</c>) and
/// within each (<c>ae-topic-seq</c>); the former are judged only where all topics are read. Where retention has taken the beginning of a partition,
/// what lies below its first remaining number is not judged. A number that a dead letter stands for (<see cref="TopicRecord.StandsFor"/>) is no gap.
/// Not thread-safe.
/// </summary>
public sealed class OutputAudit
{
    private const int MaxFindings = 100;
    private readonly bool _coversAllTopics;
    private readonly Func<string, int, bool> _isTrimmed;
    private readonly SortedDictionary<long, Sequence> _lanes = [];
    private readonly SortedDictionary<(long Lane, string Topic, long Run), Sequence> _topics = [];
    private readonly Dictionary<(long Lane, string Topic, int Partition), long> _last = [];
    private readonly List<string> _findings = [];
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
        if (record is not { Lane: { } lane, EmitSeq: > 0 and { } emitSeq, TopicSeq: > 0 and { } topicSeq })
        {
            // People and the re-keyer of device topics write where lanes do; nobody else may.
            _foreign += record.Topic is TopicNames.Commands or TopicNames.Feedback or TopicNames.Rekeyed ? 0 : 1;
            return;
        }

        _messages++;
        string place = $"{record.Topic} partition {record.Partition} offset {record.Offset}";
        bool isFirst = !_last.TryGetValue((lane, record.Topic, record.Partition), out long last);
        bool isTrimmed = isFirst && _isTrimmed(record.Topic, record.Partition);
        bool isNew = Of(_lanes, lane).Take(emitSeq, isTrimmed) & Of(_topics, (lane, record.Topic, record.Run)).Take(topicSeq, isTrimmed);
        if (!isNew)
            Note(ref _repeats, $"lane {lane} repeats {emitSeq} at {place}");
        else if (emitSeq < last)
            Note(ref _reordered, $"lane {lane} has {emitSeq} behind {last} at {place}");
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
                gaps += Missing(sequence, $"lane {lane}");
        foreach (var ((lane, topic, _), sequence) in _topics)
            gaps += Missing(sequence, $"lane {lane} in {topic}");
        return new(_lanes.Count, _messages, gaps, _repeats, _reordered, _foreign, _undeliverable, [.. _findings]);
    }

    /// <summary>A number that was refused is neither missing nor seen: it may not be seen besides.</summary>
    private void Excuse(long lane, long run, (string Topic, long EmitSeq, long TopicSeq) refused)
    {
        _undeliverable++;
        if (!(Of(_lanes, lane).Take(refused.EmitSeq, false) & Of(_topics, (lane, refused.Topic, run)).Take(refused.TopicSeq, false)))
            Note(ref _repeats, $"lane {lane} has {refused.EmitSeq} of {refused.Topic} although a dead letter stands for it");
    }

    private static Sequence Of<TKey>(SortedDictionary<TKey, Sequence> sequences, TKey key)
        where TKey : notnull
    {
        if (!sequences.TryGetValue(key, out var sequence))
            sequences[key] = sequence = new Sequence();
        return sequence;
    }

    private long Missing(Sequence sequence, string where)
    {
        long missing = 0;
        foreach (var (first, last) in sequence.Seen.Gaps(sequence.JudgedFrom))
        {
            missing += last - first + 1;
            if (_findings.Count < MaxFindings)
                _findings.Add(first == last ? $"{where}: {first} is missing" : $"{where}: {first} to {last} are missing");
        }

        return missing;
    }

    private void Note(ref long counter, string finding)
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
