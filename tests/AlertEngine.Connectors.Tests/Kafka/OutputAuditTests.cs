using AlertEngine.Connectors.Kafka.Audit;
using AlertEngine.Connectors.Kafka.Reading;
using AlertEngine.Rules.Matching;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Goal: the audit finds what is missing, repeated or reordered, and nothing else. Method: records with made-up numbers.</summary>
public sealed class OutputAuditTests
{
    [Fact]
    public void Numbers_without_a_gap_over_two_topics_are_clean()
    {
        var result = Audit([("a", 0, 1, 1), ("b", 0, 2, 1), ("a", 1, 3, 2), ("b", 0, 4, 2)]);
        Assert.True(result.IsClean);
        Assert.Equal((1, 4L), (result.Lanes, result.Messages));
    }

    [Fact]
    public void A_missing_message_is_a_gap_of_its_lane_and_of_its_topic()
    {
        var result = Audit([("a", 0, 1, 1), ("a", 0, 3, 3), ("a", 0, 4, 4)]);
        Assert.Equal(["lane 0: 2 is missing", "lane 0 in a: 2 is missing"], result.Findings.Select(finding => finding.En));
        Assert.Equal(["通道 0：缺少 2", "通道 0 在 a 中：缺少 2"], result.Findings.Select(finding => finding.Zh));
        Assert.Equal(2, result.Gaps);
    }

    [Fact]
    public void A_missing_beginning_is_a_gap_unless_retention_took_it()
    {
        var findings = Audit([("a", 0, 6, 3), ("a", 0, 7, 4)]).Findings;
        Assert.Equal(["lane 0: 1 to 5 are missing", "lane 0 in a: 1 to 2 are missing"], findings.Select(finding => finding.En));
        Assert.Equal(["通道 0：缺少 1 至 5", "通道 0 在 a 中：缺少 1 至 2"], findings.Select(finding => finding.Zh));
        Assert.True(Audit([("a", 0, 6, 3), ("a", 0, 7, 4)], isTrimmed: (_, _) => true).IsClean);
    }

    [Fact]
    public void A_message_seen_twice_is_a_repeat()
    {
        var result = Audit([("a", 0, 1, 1), ("a", 1, 1, 1)]);
        Assert.Equal(1, result.Repeats);
        Assert.Equal(new LocalText("通道 0 重复了 1，位于 a 分区 1 偏移 1", "lane 0 repeats 1 at a partition 1 offset 1"), Assert.Single(result.Findings));
    }

    [Fact]
    public void A_message_behind_a_later_one_of_its_partition_is_reordered()
    {
        var result = Audit([("a", 0, 2, 2), ("a", 0, 1, 1)]);
        Assert.Equal((0L, 0L, 1L), (result.Gaps, result.Repeats, result.Reordered));
        Assert.Equal(new LocalText("通道 0 的 1 排在 2 之后，位于 a 分区 0 偏移 1", "lane 0 has 1 behind 2 at a partition 0 offset 1"), Assert.Single(result.Findings));
        Assert.False(result.IsClean);
    }

    [Fact]
    public void With_some_of_the_topics_only_their_own_numbers_are_judged()
    {
        var audit = new OutputAudit(coversAllTopics: false, (_, _) => false);
        foreach (var record in Records([("a", 0, 4, 1), ("a", 0, 9, 2)]))
            audit.Take(record);
        Assert.True(audit.Finish().IsClean);
    }

    [Fact]
    public void A_number_that_a_dead_letter_stands_for_is_no_gap_and_may_not_be_seen_besides()
    {
        const string Letters = "alertengine.deadletters.v1";
        byte[] letter = """{"data":{"output":{"topic":"a","key":"k","emitSeq":2,"topicSeq":2}}}"""u8.ToArray();
        TopicRecord[] records = [.. Records([("a", 0, 1, 1), ("a", 0, 3, 3), (Letters, 0, 4, 1)])];
        records[2] = records[2] with { Value = letter };
        var audit = new OutputAudit(coversAllTopics: true, (_, _) => false);
        foreach (var record in records)
            audit.Take(record);
        Assert.Equal((true, 1L), (audit.Finish().IsClean, audit.Finish().Undeliverable));

        audit.Take(Records([("a", 0, 2, 2)]).Single());
        Assert.Equal(1, audit.Finish().Repeats);
        Assert.Equal(
            new LocalText("通道 0 发布了 a 的 2，尽管已有死信代替它", "lane 0 has 2 of a although a dead letter stands for it"), Assert.Single(Audited([records[0], Records([("a", 0, 2, 2)]).Single(), .. records[1..]]).Findings));
    }

    [Fact]
    public void Lanes_of_two_engines_are_told_apart_and_named_with_their_engine()
    {
        TopicRecord[] records =
        [
            .. Records([("a", 0, 1, 1), ("a", 0, 2, 2)]).Select(record => record with { App = "north" }),
            .. Records([("a", 1, 1, 1), ("a", 1, 3, 3)]).Select(record => record with { App = "south" }),
        ];
        var result = Audited(records);
        Assert.Equal((2, 4L, 2L, 0L), (result.Lanes, result.Messages, result.Gaps, result.Repeats));
        Assert.Equal(new LocalText("south 的通道 0 在 a 中：缺少 2", "lane 0 of south in a: 2 is missing"), result.Findings[^1]);
    }

    [Fact]
    public void Messages_of_no_lane_are_counted_apart()
    {
        var audit = new OutputAudit(coversAllTopics: true, (_, _) => false);
        audit.Take(new TopicRecord("a", 0, 0, default, default));
        var result = audit.Finish();
        Assert.Equal((0, 0L, 1L), (result.Lanes, result.Messages, result.Foreign));
    }

    private static AuditResult Audited(IEnumerable<TopicRecord> records)
    {
        var audit = new OutputAudit(coversAllTopics: true, (_, _) => false);
        foreach (var record in records)
            audit.Take(record);
        return audit.Finish();
    }

    private static AuditResult Audit(IEnumerable<(string Topic, int Partition, long EmitSeq, long TopicSeq)> numbers, Func<string, int, bool>? isTrimmed = null)
    {
        var audit = new OutputAudit(coversAllTopics: true, isTrimmed ?? ((_, _) => false));
        foreach (var record in Records(numbers))
            audit.Take(record);
        return audit.Finish();
    }

    private static IEnumerable<TopicRecord> Records(IEnumerable<(string Topic, int Partition, long EmitSeq, long TopicSeq)> numbers) =>
        numbers.Select((number, offset) => new TopicRecord(number.Topic, number.Partition, offset, default, default) { Lane = 0, EmitSeq = number.EmitSeq, TopicSeq = number.TopicSeq });
}
