using System.Collections.Immutable;

namespace AlertEngine.Simulation.World;

/// <summary>What is committed for the group: how far lanes have read, for lag tools. It lags and is lost now and then.</summary>
internal sealed class GroupOffsets
{
    private readonly Dictionary<int, ImmutableArray<long>> _committed = [];

    public void Commit(int lane, ImmutableArray<long> offsets) => _committed[lane] = offsets;

    public ImmutableArray<long>? Of(int lane) => _committed.TryGetValue(lane, out ImmutableArray<long> offsets) ? offsets : null;
}
