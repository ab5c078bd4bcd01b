namespace AlertEngine.Rules.Detection.Aggregate;

/// <summary>What an aggregate makes of the samples of a window.</summary>
public enum AggregateFunction
{
    /// <summary>The mean.</summary>
    Avg = 0,

    /// <summary>The sum; 0 for an empty window.</summary>
    Sum,

    /// <summary>The smallest.</summary>
    Min,

    /// <summary>The largest.</summary>
    Max,

    /// <summary>The standard deviation of the population.</summary>
    Stddev,

    /// <summary>The median, by nearest rank.</summary>
    P50,

    /// <summary>The 95th percentile, by nearest rank.</summary>
    P95,

    /// <summary>The 99th percentile, by nearest rank.</summary>
    P99,
}

/// <summary>What is known of the functions.</summary>
internal static class AggregateFunctions
{
    /// <summary>The percentile that a function asks for, or 0: the extremes are ranks too.</summary>
    internal static int Percentile(this AggregateFunction function) => function switch
    {
        AggregateFunction.P50 => 50,
        AggregateFunction.P95 => 95,
        AggregateFunction.P99 => 99,
        _ => 0,
    };

    /// <summary>Whether it needs the samples in order.</summary>
    internal static bool IsRanked(this AggregateFunction function) =>
        function is AggregateFunction.Min or AggregateFunction.Max || function.Percentile() > 0;

    /// <summary>Whether its value is one of the samples, or a sum of them: an integer where they are integers.</summary>
    internal static bool KeepsIntegers(this AggregateFunction function) => function.IsRanked() || function == AggregateFunction.Sum;

    /// <summary>The rank-th of so many, from 0: nearest rank, in whole numbers because 0.95 × 20 is not 19 in doubles.</summary>
    internal static int Index(this AggregateFunction function, int count) => function switch
    {
        AggregateFunction.Min => 0,
        AggregateFunction.Max => count - 1,
        _ => (function.Percentile() * count + 99) / 100 - 1,
    };
}
