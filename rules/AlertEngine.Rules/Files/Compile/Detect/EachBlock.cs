using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Files.Diagnostics;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>each</c>.</summary>
internal static class EachBlock
{
    private static readonly string[] Endings = ["clear", "quiet", "once"];

    public static Detector? Compile(DetectBlock block)
    {
        int endings = Endings.Count(ending => block.Node.Find(ending) is not null);
        if (endings != 1)
            block.Rule.Report(FileCodes.NotOne, endings == 0 ? block.Node : block.Node.Entry(Endings.Where(ending => block.Node.Find(ending) is not null).ElementAt(1))!.Key, "each takes exactly one of clear, quiet, once");
        if (block.Condition("when") is not { } when)
            return null;
        EachOptions options = new(when) { Clear = block.Clear(), Quiet = block.Span("quiet"), IsOnce = Once(block) };
        return endings == 1 && block.IsFine("clear", options.Clear) && block.IsFine("quiet", options.Quiet) ? new EachDetector(options) : null;
    }

    private static bool Once(DetectBlock block)
    {
        bool isOnce = Yaml.YamlAccess.Bool(block.Node, "once") ?? false;
        if (!isOnce && block.Node.Find("once") is Yaml.YamlScalar { Value: "false" } scalar)
            block.Rule.Report(FileCodes.NotOne, scalar, "'once: false' says nothing; give clear or quiet");
        return isOnce;
    }
}
