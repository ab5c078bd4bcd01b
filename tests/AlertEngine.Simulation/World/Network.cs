using AlertEngine.Simulation.Engines;

namespace AlertEngine.Simulation.World;

/// <summary>Who answers a request.</summary>
internal enum Service
{
    /// <summary>The cluster.</summary>
    Kafka = 0,

    /// <summary>The database.</summary>
    Database,

    /// <summary>The shared memory of de-duplication.</summary>
    Redis,
}

/// <summary>
/// Between a process and a service: a request takes time or gets lost, and so does its answer. A request that was sent arrives even where its
/// sender has died or fallen asleep meanwhile, and even after the sender has given up waiting.
/// </summary>
internal sealed class Network(Schedule schedule, Chance chance, Weather weather)
{
    private const long RetryTicks = 200 * TimeSpan.TicksPerMillisecond;

    private readonly long[] _downUntilTicks = new long[3];

    /// <summary>Whether faults still happen.</summary>
    public bool IsCalm { get; set; }

    public void TakeDown(Service service, long forTicks) =>
        _downUntilTicks[(int)service] = Math.Max(_downUntilTicks[(int)service], schedule.NowTicks + forTicks);

    public bool IsDown(Service service) => schedule.NowTicks < _downUntilTicks[(int)service];

    /// <summary>Asks a service.</summary>
    /// <param name="service">Who is asked.</param>
    /// <param name="client">Who asks, and is told.</param>
    /// <param name="timeoutTicks">After so long the client gives up; the request may arrive all the same.</param>
    /// <param name="atService">What happens where the request arrives.</param>
    /// <param name="answered">What the client does with the answer.</param>
    /// <param name="timedOut">What it does without one.</param>
    public void Call<T>(Service service, SimProcess client, long timeoutTicks, Func<T> atService, Action<T> answered, Action timedOut)
    {
        long giveUpTicks = schedule.NowTicks + timeoutTicks;
        if (!IsCalm && chance.Of(weather.LostRequests))
            GiveUp(client, giveUpTicks, timedOut);
        else
            schedule.In(Delay(), () => Arrive(new Request<T>(service, client, giveUpTicks, atService, answered, timedOut)));
    }

    private void Arrive<T>(Request<T> request)
    {
        if (IsDown(request.Service))
        {
            // The client's library connects again until it gives up.
            if (schedule.NowTicks + RetryTicks < request.GiveUpTicks)
                schedule.In(RetryTicks, () => Arrive(request));
            else
                GiveUp(request.Client, request.GiveUpTicks, request.TimedOut);
            return;
        }

        T answer = request.AtService();
        long back = Delay();
        bool isLost = (!IsCalm && chance.Of(weather.LostAnswers)) || schedule.NowTicks + back > request.GiveUpTicks;
        if (isLost)
            GiveUp(request.Client, request.GiveUpTicks, request.TimedOut);
        else
            schedule.In(back, () => request.Client.Deliver(() => request.Answered(answer)));
    }

    private void GiveUp(SimProcess client, long giveUpTicks, Action timedOut) =>
        schedule.In(giveUpTicks - schedule.NowTicks, () => client.Deliver(timedOut));

    private long Delay() => !IsCalm && chance.Of(weather.Slow) ? chance.Millis(50, 4_000) : chance.Millis(0, 4);

    private sealed record Request<T>(Service Service, SimProcess Client, long GiveUpTicks, Func<T> AtService, Action<T> Answered, Action TimedOut);
}
