using System.Diagnostics;
using Confluent.Kafka;

namespace AlertEngine.Connectors.Kafka.Outputs;

/// <summary>How transactional producers begin.</summary>
internal static class Transactions
{
    /// <summary>Aborts what a predecessor left open and fences it. A cluster that just started needs about a second to load its coordinator.</summary>
    /// <exception cref="KafkaConnectorException">It could not be done.</exception>
    internal static void Init(IProducer<byte[]?, byte[]?> producer, KafkaOptions options, string whose, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                producer.InitTransactions(options.RequestTimeout.ToTimeSpan());
                return;
            }
            catch (KafkaRetriableException) when (Stopwatch.GetElapsedTime(began) < options.OpenTransactionWait.ToTimeSpan())
            {
                // The same call again is what the client asks for; it waits by itself.
            }
            catch (KafkaException failure)
            {
                throw new KafkaConnectorException($"the producer of {whose} could not be initialised: {failure.Error.Reason}", failure);
            }
        }
    }
}
