using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using AlertEngine.Connectors.Redis;
using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Services;
using NodaTime;
using Xunit;
using static AlertEngine.Engine.Ports.DedupAnswer;

namespace AlertEngine.Connectors.Tests.Redis;

/// <summary>Goal: who was first is told across lanes and crashes, and a Redis in trouble never stops a lane. Method: real servers of both kinds, paused, emptied, killed.</summary>
public sealed class RedisDedupStoreTests
{
    private static readonly ImmutableArray<InputDescription> Inputs =
    [
        new("city.events.sensor.v1", "id-sensor", 0, InputKind.Events), new("city.events.video.v1", "id-video", 0, InputKind.Events),
    ];

    private readonly List<string> _told = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RedisServer.Redis)]
    [InlineData(RedisServer.Garnet)]
    public async Task The_first_to_ask_has_the_event_and_every_other_coordinate_is_a_duplicate(string program)
    {
        using var server = ServiceStart.RedisOrSkip(program);
        await using var connection = await OpenAsync(server);
        var store = Store(connection);

        Assert.Equal([Ours, Ours], await store.AskAsync([Question(1, 0, 10), Question(2, 0, 11)], Cancellation));
        Assert.Equal([Theirs, Theirs, Ours], await store.AskAsync([Question(1, 0, 12), Question(2, 1, 11), Question(3, 0, 13)], Cancellation));
    }

    [Theory]
    [InlineData(RedisServer.Redis)]
    [InlineData(RedisServer.Garnet)]
    public async Task A_replay_of_our_own_claim_is_not_a_duplicate(string program)
    {
        using var server = ServiceStart.RedisOrSkip(program);
        await using var connection = await OpenAsync(server);
        await Store(connection).AskAsync([Question(1, 0, 10)], Cancellation);

        Assert.Equal([Ours], await Store(connection).AskAsync([Question(1, 0, 10)], Cancellation));
    }

    [Theory]
    [InlineData(RedisServer.Redis)]
    [InlineData(RedisServer.Garnet)]
    public async Task A_topic_created_anew_is_another_topic(string program)
    {
        using var server = ServiceStart.RedisOrSkip(program);
        await using var connection = await OpenAsync(server);
        await Store(connection).AskAsync([Question(1, 0, 10)], Cancellation);

        var recreated = new RedisDedupStore(connection, [Inputs[0] with { TopicId = "id-recreated" }], _told.Add);
        Assert.Equal([Theirs], await recreated.AskAsync([Question(1, 0, 10)], Cancellation));
    }

    [Theory]
    [InlineData(RedisServer.Redis)]
    [InlineData(RedisServer.Garnet)]
    public async Task Keys_carry_the_engines_name_and_expire(string program)
    {
        using var server = ServiceStart.RedisOrSkip(program);
        await using var connection = await OpenAsync(server, options => options with { App = "nanjing", TimeToLive = Duration.FromMinutes(1) });
        await Store(connection).AskAsync([Question(255, 0, 10)], Cancellation);

        Assert.Equal("$14", server.Command("GET nanjing:dedup:000000000000000000000000000000ff"));
        Assert.InRange(int.Parse(server.Command("TTL nanjing:dedup:000000000000000000000000000000ff")[1..], CultureInfo.InvariantCulture), 1, 60);
    }

    [Fact]
    public async Task Fifty_milliseconds_of_delay_are_waited_for()
    {
        using var server = ServiceStart.RedisOrSkip();
        await using var connection = await OpenAsync(server);
        var store = Store(connection);
        await store.AskAsync([Question(1, 0, 10)], Cancellation);
        server.Command("CLIENT PAUSE 50 ALL");

        Assert.Equal([Theirs, Ours], await store.AskAsync([Question(1, 0, 99), Question(2, 0, 100)], Cancellation));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_hanging_server_costs_the_time_out_once_and_then_is_left_alone()
    {
        using var server = ServiceStart.RedisOrSkip();
        await using var connection = await OpenAsync(server, options => options with { Timeout = Duration.FromMilliseconds(250), Rest = Duration.FromHours(1) });
        var store = Store(connection);
        await store.AskAsync([Question(1, 0, 10)], Cancellation);
        server.Command("CLIENT PAUSE 600000 ALL");

        Assert.Equal([Unavailable, Unavailable], await store.AskAsync([Question(2, 0, 11), Question(3, 0, 12)], Cancellation));
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < 1_000; i++)
            Assert.Equal([Unavailable], await store.AskAsync([Question(2, 0, 11)], Cancellation));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(100));
        Assert.Equal(["Redis cannot be asked, the lane's window alone decides: no answer within 250 ms"], _told);
    }

    [Theory]
    [InlineData(RedisServer.Redis)]
    [InlineData(RedisServer.Garnet)]
    public async Task An_emptied_server_forgets_and_goes_on(string program)
    {
        using var server = ServiceStart.RedisOrSkip(program);
        await using var connection = await OpenAsync(server);
        var store = Store(connection);
        await store.AskAsync([Question(1, 0, 10)], Cancellation);
        server.Command("FLUSHALL");

        Assert.Equal([Ours], await store.AskAsync([Question(1, 0, 11)], Cancellation));
    }

    [Theory]
    [InlineData(RedisServer.Redis)]
    [InlineData(RedisServer.Garnet)]
    public async Task A_killed_server_is_unavailable_at_once_and_used_again_when_it_is_back(string program)
    {
        using var server = ServiceStart.RedisOrSkip(program);
        await using var connection = await OpenAsync(server, options => options with { Rest = Duration.Zero });
        var store = Store(connection);
        await store.AskAsync([Question(1, 0, 10)], Cancellation);

        server.Kill();
        Assert.Equal([Unavailable], await store.AskAsync([Question(2, 0, 11)], Cancellation));
        server.Up();
        DedupAnswer answer;
        long began = Stopwatch.GetTimestamp();
        do
            answer = (await store.AskAsync([Question(3, 0, 12)], Cancellation))[0];
        while (answer == Unavailable && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60));

        Assert.Equal(Ours, answer);
        Assert.Equal("Redis answers again", _told[^1]);
    }

    [Fact]
    public async Task A_server_that_never_was_there_is_unavailable()
    {
        await using var connection = await RedisConnection.OpenAsync(new RedisOptions { Configuration = $"127.0.0.1:{ServiceProcess.FreePort()}" });
        Assert.Equal([Unavailable], await Store(connection).AskAsync([Question(1, 0, 10)], Cancellation));
        Assert.StartsWith("Redis cannot be asked, the lane's window alone decides: ", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RedisServer.Redis)]
    [InlineData(RedisServer.Garnet)]
    public async Task A_batch_of_ten_thousand_is_answered_in_order(string program)
    {
        using var server = ServiceStart.RedisOrSkip(program);
        await using var connection = await OpenAsync(server);
        var store = Store(connection);
        ImmutableArray<DedupQuestion> first = [.. Enumerable.Range(0, 10_000).Where(n => n % 3 == 0).Select(n => Question(n, 0, n))];
        ImmutableArray<DedupQuestion> second = [.. Enumerable.Range(0, 10_000).Select(n => Question(n, 1, n))];

        Assert.DoesNotContain(Theirs, await store.AskAsync(first, Cancellation));
        Assert.Equal(second.Select((_, n) => n % 3 == 0 ? Theirs : Ours), await store.AskAsync(second, Cancellation));
    }

    private static Task<RedisConnection> OpenAsync(RedisServer server, Func<RedisOptions, RedisOptions>? adjust = null)
    {
        // A busy machine must not look like a slow Redis, except where a test is about that.
        var options = new RedisOptions { Configuration = server.Configuration, Timeout = Duration.FromSeconds(20) };
        return RedisConnection.OpenAsync(adjust?.Invoke(options) ?? options);
    }

    private RedisDedupStore Store(RedisConnection connection) => new(connection, Inputs, _told.Add);

    private static DedupQuestion Question(int key, int input, long offset) => new((UInt128)key, new Coordinate(input, offset));
}
