using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Distinct;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>distinct</c>.</summary>
internal static class DistinctBlock
{
    public static Detector? Compile(DetectBlock block)
    {
        if (block.Value("of") is not { } of || block.Count("at_least") is not { } atLeast || block.Window() is not { } window)
            return null;
        int keep = (int)(block.Node.Integer("keep") ?? WindowLimits.DefaultKeep);
        NumberOperand? clearBelow = block.Count("clear_below");
        block.RequireThresholds(atLeast, clearBelow, keep);
        DistinctOptions options = new(of.ToFunction(), atLeast, window)
        {
            When = block.Condition("when"),
            WindowKind = block.WindowKind,
            ClearBelow = clearBelow,
            Keep = keep,
            Zone = block.Rule.City.Zone,
        };
        return block.IsFine("when", options.When) && block.IsFine("clear_below", options.ClearBelow) ? DistinctDetector.Create(options) : null;
    }
}
