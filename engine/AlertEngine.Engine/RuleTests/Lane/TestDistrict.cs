using System.Collections.Immutable;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.Lanes;

namespace AlertEngine.Engine.RuleTests;

/// <summary>One district of a test: its kernel, and the steps that wait for it.</summary>
internal sealed class TestDistrict(string code, IDistrictKernel kernel)
{
    private readonly ImmutableArray<BatchStep>.Builder _steps = ImmutableArray.CreateBuilder<BatchStep>();
    private long _sequence;

    /// <summary>Adds a step.</summary>
    public void Add(in BatchStep step) => _steps.Add(step);

    /// <summary>Takes time up to a front, at which an instant is judged.</summary>
    public void Pass(long frontTicks)
    {
        Add(new BatchStep(frontTicks, null, null, 0));
        kernel.Evaluate(new DistrictBatch(code, ++_sequence, frontTicks, _steps.DrainToImmutable()));
    }
}
