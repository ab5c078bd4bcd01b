using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Count;
using AlertEngine.Rules.Detection.Operands;
using AlertEngine.Rules.Detection.Windows;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>count</c>.</summary>
internal static class CountBlock
{
    public static Detector? Compile(DetectBlock block)
    {
        if (block.Count("at_least") is not { } atLeast || block.Window() is not { } window)
            return null;
        // Without a limit of its own a count keeps what it needs to fire; the sum of a tumbling window keeps nothing.
        int keep = (int)(block.Node.Integer("keep") ?? Math.Clamp(block.Declared(atLeast), WindowLimits.DefaultKeep, WindowLimits.KeepLimit));
        NumberOperand? clearBelow = block.Count("clear_below");
        block.RequireThresholds(atLeast, clearBelow, block.WindowKind == WindowKind.Tumbling ? int.MaxValue : keep);
        CountOptions options = new(atLeast, window)
        {
            When = block.Condition("when"),
            WindowKind = block.WindowKind,
            ClearBelow = clearBelow,
            Keep = keep,
            Zone = block.Rule.City.Zone,
        };
        return block.IsFine("when", options.When) && block.IsFine("clear_below", options.ClearBelow) ? CountDetector.Create(options) : null;
    }
}
