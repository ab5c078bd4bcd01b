using AlertEngine.Engine.WorkOrders.Centre;

namespace AlertEngine.Engine.Publish;

/// <summary>
/// What the districts' digests of an instant said, until the city's time has passed it: their watermarks come behind them, so that none is missing
/// which is not silent. Only the city's own district has any. Not thread-safe.
/// </summary>
/// <param name="clock">At which instants the city tells one: what a district tells besides is its own.</param>
/// <param name="slowestClassTicks">How long the city's own orders wait for events.</param>
internal sealed class CityDigests(DigestClock clock, long slowestClassTicks)
{
    /// <summary>Instants that wait; a city whose time stands still for so long has other worries.</summary>
    public const int InstantLimit = 64;

    private readonly SortedDictionary<long, SortedDictionary<string, DigestNumbers>> _told = [];

    /// <summary>What waits, by instant and district.</summary>
    public IReadOnlyDictionary<long, SortedDictionary<string, DigestNumbers>> Told => _told;

    /// <summary>The last instant of which the city has told; what comes later of an earlier one is too late.</summary>
    public long LastTicks { get; private set; } = long.MinValue;

    /// <summary>Whether it changed since it was last written.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>The instant of the next one.</summary>
    public long NextTicks => _told.Count == 0 ? long.MaxValue : _told.Keys.First();

    /// <summary>The front at which it is due: behind everything that happened before it; <see cref="long.MaxValue"/> where none is.</summary>
    public long NextFrontTicks => _told.Count == 0 ? long.MaxValue : NextTicks + slowestClassTicks;

    /// <summary>A front up to which nothing is due; likewise.</summary>
    public long NothingDueBeforeFrontTicks => _told.Count == 0 ? long.MaxValue : NextFrontTicks - 1;

    /// <summary>Takes a district's digest.</summary>
    public void Take(CentreReport report)
    {
        if (DigestReading.Read(report) is not { } numbers || numbers.AtTicks <= LastTicks || !clock.IsInstant(numbers.AtTicks) || report.District.Length == 0)
            return;
        if (_told.Count >= InstantLimit && !_told.ContainsKey(numbers.AtTicks))
            return;
        Put(report.District, numbers);
        IsChanged = true;
    }

    /// <summary>What was told of the next instant, which waits no longer.</summary>
    public SortedDictionary<string, DigestNumbers> TakeNext()
    {
        LastTicks = NextTicks;
        IsChanged = true;
        SortedDictionary<string, DigestNumbers> told = _told[LastTicks];
        _told.Remove(LastTicks);
        return told;
    }

    /// <summary>Begins what the journal holds: the numbers follow.</summary>
    public void Restore(long lastTicks)
    {
        _told.Clear();
        LastTicks = lastTicks;
    }

    /// <summary>Puts the numbers of a district.</summary>
    public void Put(string district, DigestNumbers numbers)
    {
        if (!_told.TryGetValue(numbers.AtTicks, out SortedDictionary<string, DigestNumbers>? told))
            _told[numbers.AtTicks] = told = new SortedDictionary<string, DigestNumbers>(StringComparer.Ordinal);
        told[district] = numbers;
    }

    public void MarkSaved() => IsChanged = false;

    public void Clear()
    {
        Restore(long.MinValue);
        IsChanged = false;
    }
}
