using System.Collections.Frozen;

namespace AlertEngine.Engine.Publish;

/// <summary>How large the value of an output may be. Checked before an output is journaled, so that what is journaled can be published.</summary>
/// <param name="DefaultBytes">For topics that are not named.</param>
/// <param name="BytesByTopic">For those that are.</param>
public sealed record OutputLimits(int DefaultBytes, FrozenDictionary<string, int> BytesByTopic)
{
    /// <summary>What a record needs beside its value: key, headers, the frame of its batch.</summary>
    public const int OverheadBytes = 2_048;

    /// <summary>No topic is smaller than Kafka's own default of 1 MB.</summary>
    public static OutputLimits Default { get; } = new(1_000_000 - OverheadBytes, FrozenDictionary<string, int>.Empty);

    /// <summary>The largest value that a topic takes.</summary>
    public int Of(string topic) => BytesByTopic.GetValueOrDefault(topic, DefaultBytes);
}
