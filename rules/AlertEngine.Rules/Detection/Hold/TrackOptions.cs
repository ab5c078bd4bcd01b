using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Detection.Hold;

/// <summary>What is kept of a tracked expression.</summary>
public enum TrackFunction
{
    /// <summary>The smallest number.</summary>
    Min = 0,

    /// <summary>The largest number.</summary>
    Max,

    /// <summary>The latest value.</summary>
    Last,

    /// <summary>The first value.</summary>
    First,

    /// <summary>The sum of the numbers.</summary>
    Sum,

    /// <summary>How often it was true; of expressions that are no booleans, how often they had a value.</summary>
    Count,
}

/// <summary>One entry of <c>track</c>: <c>peak_m: { max: event.level_m }</c>.</summary>
/// <param name="Name">Its name: <c>peak_m</c> of <c>hold.peak_m</c>.</param>
/// <param name="Function">What is kept.</param>
/// <param name="Value">The expression, asked of every sample from t₀ on.</param>
/// <param name="ValueType">The expression's type.</param>
public sealed record TrackOptions(string Name, TrackFunction Function, CelFunction Value, CelType ValueType)
{
    /// <summary>The type of the tracked value.</summary>
    public CelType Type => Function == TrackFunction.Count ? CelType.Int : ValueType;
}
