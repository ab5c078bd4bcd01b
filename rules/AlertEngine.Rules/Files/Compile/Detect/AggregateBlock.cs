using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Aggregate;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>aggregate</c>.</summary>
internal static class AggregateBlock
{
    public static Detector? Compile(DetectBlock block)
    {
        if (block.Number("of") is not { } of || !Enum.TryParse(block.Node.Text("fn"), ignoreCase: true, out AggregateFunction function) || block.Window() is not { } window)
            return null;
        bool isInteger = of.Type == CelType.Int;
        Expressions judged = block.Names.With("aggregate", AggregateNames.For(function, isInteger));
        if (block.Condition("when", judged) is not { } when)
            return null;
        AggregateOptions options = new(of.ToFunction(), function, window, when)
        {
            WindowKind = block.WindowKind,
            MinSamples = block.Count("min_samples") ?? 1,
            Clear = block.Clear(judged),
            IsInteger = isInteger,
            Zone = block.Rule.City.Zone,
        };
        return block.IsFine("clear", options.Clear) ? AggregateDetector.Create(options) : null;
    }
}
