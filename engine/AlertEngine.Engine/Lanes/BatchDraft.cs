using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <summary>What a batch is made of while records are taken into it. Not thread-safe.</summary>
/// <param name="sequence">The batch's number.</param>
/// <param name="admitted">An empty list to be used again: of the lists of a batch it is the one that every event grows.</param>
internal sealed class BatchDraft(long sequence, List<AdmittedKey>? admitted = null)
{
    private readonly Dictionary<string, DistrictDraft> _districts = new(StringComparer.Ordinal);

    /// <summary>The batch's number.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>Records taken.</summary>
    public int Records { get; set; }

    /// <summary>Whether the inputs were at their end when it was closed.</summary>
    public bool IsLast { get; set; }

    /// <summary>What the lane itself has to say of its records, in their order: dead letters, and replies to commands that no district saw.</summary>
    public List<Output> Outputs { get; } = [];

    /// <summary>Numbers of outputs that the broker refused for good.</summary>
    public List<long> Undeliverable { get; } = [];

    /// <summary>Keys admitted to the window.</summary>
    public List<AdmittedKey> Admitted { get; } = admitted ?? [];

    /// <summary>Events put into buffers.</summary>
    public List<BufferedEvent> Buffered { get; } = [];

    /// <summary>What it counts.</summary>
    public LaneTally Tally { get; } = new();

    /// <summary>Whether there are steps to evaluate.</summary>
    public bool HasSteps => _districts.Values.Any(district => district.Steps.Count > 0);

    /// <summary>Counts an accepted event of a district, and gives the place for its steps.</summary>
    public void Accept(string district)
    {
        Tally.Accepted++;
        Of(district).Accepted++;
    }

    /// <summary>Adds a step of a district.</summary>
    public void Add(string district, in BatchStep step) => Of(district).Steps.Add(step);

    /// <summary>
    /// The steps so far, by district, and an empty draft behind them. With a closing front each district that has one to learn of gets a last
    /// step: those with steps, and those with something due.
    /// </summary>
    public ImmutableArray<DistrictBatch> DrainSteps(long nowTicks, long? closingFrontTicks, DistrictDues dues)
    {
        if (closingFrontTicks is { } frontTicks)
            Close(frontTicks, nowTicks, dues);
        ImmutableArray<DistrictBatch>.Builder batches = ImmutableArray.CreateBuilder<DistrictBatch>();
        foreach ((string code, DistrictDraft district) in _districts)
        {
            if (district.Steps.Count > 0)
                batches.Add(new DistrictBatch(code, Sequence, nowTicks, district.Steps.DrainToImmutable()));
        }

        batches.Sort((a, b) => string.CompareOrdinal(a.District, b.District));
        return batches.DrainToImmutable();
    }

    /// <summary>Counts what the districts accepted into the tally.</summary>
    public void CountDistricts()
    {
        foreach ((string code, DistrictDraft district) in _districts)
        {
            if (district.Accepted > 0)
                Tally.Count(code, new DistrictTally(district.Accepted, 0, 0));
            district.Accepted = 0;
        }
    }

    private void Close(long frontTicks, long nowTicks, DistrictDues dues)
    {
        foreach (string code in dues.Due(frontTicks, nowTicks))
            Of(code).MustClose = true;
        BatchStep closing = new(frontTicks, null, null, 0);
        foreach (DistrictDraft district in _districts.Values)
        {
            if (district.MustClose || district.WasStepped)
                district.Steps.Add(closing);
        }
    }

    private DistrictDraft Of(string code)
    {
        if (!_districts.TryGetValue(code, out DistrictDraft? district))
            _districts[code] = district = new DistrictDraft();
        return district;
    }

    private sealed class DistrictDraft
    {
        private ImmutableArray<BatchStep>.Builder? _steps;

        public ImmutableArray<BatchStep>.Builder Steps => _steps ??= ImmutableArray.CreateBuilder<BatchStep>();

        public bool WasStepped => _steps is not null;

        public bool MustClose { get; set; }

        public long Accepted { get; set; }
    }
}
