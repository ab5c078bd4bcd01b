using AlertEngine.Connectors.Kafka;
using AlertEngine.Testing.Services;
using Confluent.Kafka;
using NodaTime;
using Xunit;

namespace AlertEngine.Connectors.Tests.Kafka;

/// <summary>Goal: an administrative client that fell silent holds nobody up for ever. Method: questions that are never answered, beside real ones.</summary>
public sealed class SharedAdminTests(KafkaBroker broker) : KafkaTests(broker)
{
    [Fact]
    public async Task A_client_that_never_answers_is_replaced_and_the_next_question_is_answered()
    {
        using var clients = Clients(options => options with { RequestTimeout = Duration.FromSeconds(2) });
        IAdminClient? silent = null, next = null;
        var failure = await Assert.ThrowsAsync<KafkaException>(() => clients.AskAsync(admin =>
        {
            silent = admin;
            return new TaskCompletionSource<bool>().Task;
        }));
        Assert.Equal((ErrorCode.Local_TimedOut, "the administrative client said nothing for 6 s and is replaced"), (failure.Error.Code, failure.Error.Reason));

        string cluster = await clients.AskAsync(async admin =>
        {
            next = admin;
            return (await admin.DescribeClusterAsync()).ClusterId;
        });
        Assert.NotEmpty(cluster);
        Assert.NotSame(silent, next);
    }

    [Fact]
    public async Task A_client_stays_until_the_last_question_is_answered_and_is_then_given_back()
    {
        using var clients = Clients();
        IAdminClient? asked = null;
        TaskCompletionSource answer = new();
        var question = clients.AskAsync(async admin =>
        {
            asked = admin;
            await answer.Task;
            return (await admin.DescribeClusterAsync()).ClusterId;
        });
        clients.Dispose();
        answer.SetResult();
        Assert.NotEmpty(await question);
        await Assert.ThrowsAsync<KafkaConnectorException>(() => clients.AskAsync(_ => Task.FromResult(true)));
        Assert.NotNull(asked);
    }
}
