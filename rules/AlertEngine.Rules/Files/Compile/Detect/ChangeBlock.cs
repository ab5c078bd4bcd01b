using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Change;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>change</c>.</summary>
internal static class ChangeBlock
{
    public static Detector? Compile(DetectBlock block)
    {
        if (block.Number("of") is not { } of || !Enum.TryParse(block.Node.Text("as"), ignoreCase: true, out ChangeMeasure measure) || block.Span("over") is not { } over)
            return null;
        bool isInteger = of.Type == CelType.Int;
        Expressions judged = block.Names.With("change", ChangeNames.For(measure, isInteger));
        if (block.Condition("when", judged) is not { } when)
            return null;
        ChangeOptions options = new(of.ToFunction(), measure, over, when)
        {
            Tolerance = block.Wait("tolerance"),
            Clear = block.Clear(judged),
            IsInteger = isInteger,
        };
        return block.IsFine("tolerance", options.Tolerance) && block.IsFine("clear", options.Clear) ? new ChangeDetector(options) : null;
    }
}
