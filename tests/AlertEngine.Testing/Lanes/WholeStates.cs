using AlertEngine.Engine.Evaluate;

namespace AlertEngine.Testing.Lanes;

/// <summary>The state of a kernel as one part.</summary>
public static class WholeStates
{
    /// <summary>Everything, encoded. A snapshot in parts that is under way is given up.</summary>
    public static ReadOnlyMemory<byte> EncodeSnapshot(this IDistrictKernel kernel) => kernel.EncodePart(0, 0, int.MaxValue).State;
}
