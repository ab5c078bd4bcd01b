namespace AlertEngine.Rules.Detection.Baseline;

/// <summary>What a baseline expects of a sample before it is seen.</summary>
/// <param name="Expected">The value.</param>
/// <param name="Scale">The robust standard deviation; more than 0.</param>
internal readonly record struct Forecast(double Expected, double Scale)
{
    // A quantity that never moved is known to a hundredth at best: no sensor's last digit is an anomaly.
    private const double LeastRelativeScale = 0.01;
    private const double LeastScale = 1e-9;

    /// <summary>A forecast whose scale is not less than what can be known.</summary>
    internal static Forecast Of(double expected, double scale) =>
        new(expected, Math.Max(Math.Max(scale, LeastRelativeScale * Math.Abs(expected)), LeastScale));

    /// <summary>How far a sample is from what was expected, up or down, in standard deviations.</summary>
    internal double Score(double value) => Math.Abs(value - Expected) / Scale;
}
