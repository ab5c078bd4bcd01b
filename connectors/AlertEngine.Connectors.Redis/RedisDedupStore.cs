using System.Collections.Immutable;
using System.Diagnostics;
using AlertEngine.Engine.Ports;
using StackExchange.Redis;

namespace AlertEngine.Connectors.Redis;

/// <summary>
/// Who saw an event first? <c>SET key coordinate NX GET PX ttl</c>: nothing there or our own coordinate means ours. A plain SETNX would lose
/// events after every crash, because the replay finds the key that it set itself. Needs Redis 7.0 (or Garnet). One caller at a time.
/// </summary>
public sealed class RedisDedupStore : IDedupStore
{
    private readonly RedisConnection _connection;
    private readonly Action<string> _log;
    private readonly string _prefix;
    private readonly ImmutableArray<string> _coordinates;
    private readonly TimeSpan _timeToLive;
    private readonly TimeSpan _timeout;
    private long _restsFrom;
    private bool _isResting;
    private bool _isDegraded;

    /// <summary>The memory as one lane asks it.</summary>
    /// <param name="connection">The connection; not owned.</param>
    /// <param name="inputs">The lane's inputs, which coordinates are made of.</param>
    /// <param name="log">Told when Redis stops answering and when it answers again.</param>
    public RedisDedupStore(RedisConnection connection, ImmutableArray<InputDescription> inputs, Action<string> log)
    {
        _connection = connection;
        _log = log;
        _prefix = $"{connection.Options.App}:dedup:";
        _coordinates = [.. inputs.Select(input => $"{input.TopicId}/{input.Partition}/")];
        _timeToLive = connection.Options.TimeToLive.ToTimeSpan();
        _timeout = connection.Options.Timeout.ToTimeSpan();
    }

    /// <inheritdoc/>
    public async ValueTask<ImmutableArray<DedupAnswer>> AskAsync(ImmutableArray<DedupQuestion> questions, CancellationToken cancellation)
    {
        if (questions.IsEmpty)
            return [];
        if (IsResting())
            return Count(Unasked(questions.Length));
        long began = Stopwatch.GetTimestamp();
        var coordinates = questions.Select(question => (RedisValue)$"{_coordinates[question.At.Input]}{question.At.Offset}").ToArray();
        var asked = Ask(questions, coordinates);
        string? trouble = await Settle(asked, cancellation).ConfigureAwait(false);
        RedisMetrics.BatchSeconds.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        Tell(trouble);
        return Count([.. asked.Select((answer, i) => AnswerOf(answer, coordinates[i]))]);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>All questions go out before the first answer is waited for: one by one Redis answers twenty times fewer.</summary>
    private Task<RedisValue>[] Ask(ImmutableArray<DedupQuestion> questions, RedisValue[] coordinates)
    {
        var database = _connection.Database;
        var asked = new Task<RedisValue>[questions.Length];
        for (int i = 0; i < asked.Length; i++)
            asked[i] = database.StringSetAndGetAsync($"{_prefix}{questions[i].Key:x32}", coordinates[i], _timeToLive, when: When.NotExists);
        return asked;
    }

    /// <summary>Waits for all answers, but not longer than the time-out. Returns what went wrong, if anything did.</summary>
    private async Task<string?> Settle(Task<RedisValue>[] asked, CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAll(asked).WaitAsync(_timeout, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException)
        {
            (_isResting, _restsFrom) = (true, Stopwatch.GetTimestamp());
            return $"no answer within {_timeout.TotalMilliseconds:0} ms";
        }
        catch (RedisException failure)
        {
            return failure.Message;
        }
    }

    private bool IsResting() =>
        _isResting && (_isResting = Stopwatch.GetElapsedTime(_restsFrom) < _connection.Options.Rest.ToTimeSpan());

    private void Tell(string? trouble)
    {
        if (_isDegraded == trouble is not null)
            return;
        _isDegraded = trouble is not null;
        _log(_isDegraded ? $"Redis cannot be asked, the lane's window alone decides: {trouble}" : "Redis answers again");
    }

    private static DedupAnswer AnswerOf(Task<RedisValue> answer, RedisValue coordinate)
    {
        if (!answer.IsCompletedSuccessfully)
            return DedupAnswer.Unavailable;
        return answer.Result.IsNull || answer.Result == coordinate ? DedupAnswer.Ours : DedupAnswer.Theirs;
    }

    private static ImmutableArray<DedupAnswer> Unasked(int count) => [.. Enumerable.Repeat(DedupAnswer.Unavailable, count)];

    private static ImmutableArray<DedupAnswer> Count(ImmutableArray<DedupAnswer> answers)
    {
        int unanswered = answers.Count(answer => answer == DedupAnswer.Unavailable);
        if (unanswered != 0)
            RedisMetrics.Unanswered.Add(unanswered);
        return answers;
    }
}
