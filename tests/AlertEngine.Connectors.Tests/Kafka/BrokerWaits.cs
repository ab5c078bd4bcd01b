using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Topics;

namespace AlertEngine.Connectors.Tests.Kafka;

internal static class BrokerWaits
{
    /// <summary>A broker answers a change of settings before it shows it.</summary>
    internal static async Task UntilSizeAsync(this KafkaClients clients, string topic, int maxMessageBytes)
    {
        for (int asked = 0; asked < 1_000; asked++)
        {
            if ((await new TopicCatalog(clients).SettingsAsync([topic]))[topic].MaxMessageBytes == maxMessageBytes)
                return;
        }

        throw new InvalidOperationException($"{topic} did not come to take {maxMessageBytes} bytes");
    }

    /// <summary>A broker answers the creation of a topic before all of it is there; asking is the only way to wait for it.</summary>
    internal static async Task UntilKnownAsync(this KafkaClients clients, string topic)
    {
        var catalog = new TopicCatalog(clients);
        for (int asked = 0; asked < 1_000; asked++)
        {
            try
            {
                var known = await catalog.DescribeAsync([topic]);
                if (known is [{ Partitions: > 0 }])
                {
                    await catalog.EndsAsync(known);
                    return;
                }
            }
            catch (KafkaConnectorException)
            {
                // Not yet led.
            }
        }

        throw new InvalidOperationException($"{topic} did not come to be");
    }
}
