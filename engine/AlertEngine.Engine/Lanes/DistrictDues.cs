using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <summary>When each district has something to do without an event. Also the list of the lane's districts. Not thread-safe.</summary>
internal sealed class DistrictDues
{
    private readonly SortedDictionary<string, (long FrontTicks, long NowTicks)> _dues = new(StringComparer.Ordinal);

    /// <summary>The lane's districts: those that were ever evaluated.</summary>
    public IReadOnlyCollection<string> Districts => _dues.Keys;

    /// <summary>Remembers what a district said.</summary>
    public void Set(string district, long frontTicks, long nowTicks) => _dues[district] = (frontTicks, nowTicks);

    /// <summary>The districts that have something due below the front, or by now.</summary>
    public IEnumerable<string> Due(long frontTicks, long nowTicks) =>
        _dues.Where(pair => pair.Value.FrontTicks < frontTicks || pair.Value.NowTicks <= nowTicks).Select(pair => pair.Key);

    /// <summary>Writes all.</summary>
    public void Encode(StateWriter writer)
    {
        writer.Count(_dues.Count);
        foreach ((string district, (long frontTicks, long nowTicks)) in _dues)
        {
            writer.Text(district);
            writer.Signed(frontTicks);
            writer.Signed(nowTicks);
        }
    }

    /// <summary>Replaces all.</summary>
    public void Restore(StateReader reader)
    {
        _dues.Clear();
        for (int left = reader.Count(); left > 0; left--)
            _dues[reader.RequiredText()] = (reader.Signed(), reader.Signed());
    }
}
