namespace AlertEngine.Connectors.Kafka;

/// <summary>The cluster is not reachable, not ours, or not laid out as it must be. The message is a sentence for the operator.</summary>
public sealed class KafkaConnectorException : Exception
{
    /// <summary>Creates the exception.</summary>
    public KafkaConnectorException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
