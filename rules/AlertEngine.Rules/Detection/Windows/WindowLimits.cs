namespace AlertEngine.Rules.Detection.Windows;

/// <summary>The declared bounds of what windows keep.</summary>
public static class WindowLimits
{
    /// <summary>How many matches or values <c>count</c> and <c>distinct</c> keep where the rule does not say.</summary>
    public const int DefaultKeep = 1_000;

    /// <summary>The largest <c>keep</c> that a rule may ask for.</summary>
    public const int KeepLimit = 100_000;

    /// <summary>How many samples <c>aggregate</c> and <c>change</c> keep for one key.</summary>
    public const int SampleLimit = 10_000;
}
