using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Topics;
using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

internal static class BrokerWaits
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A broker answers a change of settings before it shows it.</summary>
    internal static Task UntilSizeAsync(this KafkaClients clients, string topic, int maxMessageBytes) => Patience.UntilAsync(
        async () => (await new TopicCatalog(clients).SettingsAsync([topic]))[topic] is { } settings && settings.MaxMessageBytes == maxMessageBytes ? settings : null,
        () => $"{topic} did not come to take {maxMessageBytes} bytes",
        Cancellation);

    /// <summary>A broker answers the creation of a topic before all of it is there; asking is the only way to wait for it.</summary>
    internal static Task UntilKnownAsync(this KafkaClients clients, string topic)
    {
        var catalog = new TopicCatalog(clients);
        return Patience.UntilAsync(() => LedAsync(catalog, topic), () => $"{topic} did not come to be", Cancellation);
    }

    private static async Task<KnownTopic?> LedAsync(TopicCatalog catalog, string topic)
    {
        try
        {
            var known = await catalog.DescribeAsync([topic]);
            if (known is not [{ Partitions: > 0 }])
                return null;
            await catalog.EndsAsync(known);
            return known[0];
        }
        catch (KafkaConnectorException)
        {
            // Not yet led.
            return null;
        }
    }
}
