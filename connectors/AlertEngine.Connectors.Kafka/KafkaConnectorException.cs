using AlertEngine.Rules.Matching;

namespace AlertEngine.Connectors.Kafka;

/// <summary>The cluster is not reachable, not ours, or not laid out as it must be. The message is a sentence for the operator.</summary>
public sealed class KafkaConnectorException : Exception
{
    /// <summary>For the log of a lane, which is kept in one language.</summary>
    public KafkaConnectorException(string message, Exception? inner = null)
        : this(LocalText.Both(message), inner)
    {
    }

    /// <summary>For a person at a terminal.</summary>
    public KafkaConnectorException(LocalText text, Exception? inner = null)
        : base(text.En, inner) => Text = text;

    /// <summary>The sentence in both languages.</summary>
    public LocalText Text { get; }
}
