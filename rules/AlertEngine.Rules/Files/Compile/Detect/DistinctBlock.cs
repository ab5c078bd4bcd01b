using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Distinct;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>distinct</c>.</summary>
internal static class DistinctBlock
{
    public static Detector? Compile(DetectBlock block)
    {
        block.CheckThresholds();
        if (block.Value("of") is not { } of || block.Count("at_least") is not { } atLeast || block.Window() is not { } window)
            return null;
        DistinctOptions options = new(of.ToFunction(), atLeast, window)
        {
            When = block.Condition("when"),
            WindowKind = block.WindowKind,
            ClearBelow = block.Count("clear_below"),
            Keep = (int)(block.Node.Integer("keep") ?? WindowLimits.DefaultKeep),
            Zone = block.Rule.City.Zone,
        };
        return block.IsFine("when", options.When) && block.IsFine("clear_below", options.ClearBelow) ? DistinctDetector.Create(options) : null;
    }
}
