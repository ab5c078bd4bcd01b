using System.Globalization;
using AlertEngine.Connectors.Kafka;

namespace AlertEngine.Benchmarks.Capacity;

/// <summary>
/// One day of a city, second by second: what arrives at each lane, what it gets done, and what waits meanwhile. Districts go to lanes as Kafka's
/// partitioner sends them, so that the unevenness of both is in it. A machine shares its rate among the lanes that have work; no lane is faster
/// than one alone.
/// </summary>
internal sealed class CapacityDay
{
    private const int SecondsOfHour = 3_600;
    private readonly CapacityFigures _figures;
    private readonly double[] _shares;
    private readonly double[] _waiting;
    private readonly int _machines;

    public CapacityDay(CapacityFigures figures, int districts, int lanes, int machines)
    {
        (_figures, _machines, _shares, _waiting) = (figures, machines, new double[lanes], new double[lanes]);
        double all = Enumerable.Range(1, districts).Sum(WeightOf);
        for (int district = 1; district <= districts; district++)
            _shares[Murmur2.PartitionOf((320_100 + district).ToString(CultureInfo.InvariantCulture), lanes)] += WeightOf(district) / all;
    }

    /// <summary>The share of the busiest lane.</summary>
    public double BusiestShare => _shares.Max();

    /// <summary>The highest rate of the day, in events a second.</summary>
    public double PeakEventsPerSecond { get; private set; }

    /// <summary>The most events that ever waited.</summary>
    public double MostWaiting { get; private set; }

    /// <summary>For how many seconds the last event of the longest queue waited, at most.</summary>
    public double LongestWaitSeconds { get; private set; }

    /// <summary>For how many seconds of the day anything waited longer than a second.</summary>
    public int SecondsBehind { get; private set; }

    public void Run()
    {
        for (int second = 0; second < 24 * SecondsOfHour; second++)
            Step(RateAt(second));
    }

    private void Step(double rate)
    {
        PeakEventsPerSecond = Math.Max(PeakEventsPerSecond, rate);
        for (int lane = 0; lane < _waiting.Length; lane++)
            _waiting[lane] += rate * _shares[lane];
        for (int machine = 0; machine < _machines; machine++)
            Work(machine);
        MostWaiting = Math.Max(MostWaiting, _waiting.Sum());
        double wait = _waiting.Max() / _figures.LaneEventsPerSecond;
        LongestWaitSeconds = Math.Max(LongestWaitSeconds, wait);
        SecondsBehind += wait > 1 ? 1 : 0;
    }

    /// <summary>One second of a machine: the shortest queue first, so that what it does not need goes to the others.</summary>
    private void Work(int machine)
    {
        int[] lanes = [.. Enumerable.Range(0, _waiting.Length).Where(lane => lane % _machines == machine).OrderBy(lane => _waiting[lane])];
        double left = _figures.MachineEventsPerSecond;
        for (int i = 0; i < lanes.Length; i++)
        {
            double done = Math.Min(_waiting[lanes[i]], Math.Min(_figures.LaneEventsPerSecond, left / (lanes.Length - i)));
            _waiting[lanes[i]] -= done;
            left -= done;
        }
    }

    private double RateAt(int second)
    {
        int hour = second / SecondsOfHour;
        double usual = _figures.EventsPerDay * _figures.HourWeights[hour] / _figures.HourWeights.Sum() / SecondsOfHour;
        int storm = _figures.HourWeights.Index().MaxBy(weight => weight.Item).Index * SecondsOfHour;
        return second >= storm && second < storm + (_figures.StormMinutes * 60) ? usual * _figures.StormFactor : usual;
    }

    private double WeightOf(int district) => Math.Pow(district, -_figures.DistrictSkew);
}
