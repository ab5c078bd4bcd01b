using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Count;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>count</c>.</summary>
internal static class CountBlock
{
    public static Detector? Compile(DetectBlock block)
    {
        block.CheckThresholds();
        if (block.Count("at_least") is not { } atLeast || block.Window() is not { } window)
            return null;
        CountOptions options = new(atLeast, window)
        {
            When = block.Condition("when"),
            WindowKind = block.WindowKind,
            ClearBelow = block.Count("clear_below"),
            Keep = (int)(block.Node.Integer("keep") ?? WindowLimits.DefaultKeep),
            Zone = block.Rule.City.Zone,
        };
        return block.IsFine("when", options.When) && block.IsFine("clear_below", options.ClearBelow) ? CountDetector.Create(options) : null;
    }
}
