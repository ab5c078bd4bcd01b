using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Each;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>each</c>.</summary>
internal static class EachBlock
{
    private static readonly string[] Endings = ["clear", "quiet", "once"];

    public static Detector? Compile(DetectBlock block)
    {
        int endings = Endings.Count(ending => block.Node.Find(ending) is not null);
        CelExpression? expires = block.Names.Tolerant().Compile(block.Node.Scalar("expires"), CelType.Timestamp);
        bool isExpiring = block.Node.Find("expires") is not null;
        if (isExpiring)
            CheckExpiring(block);
        else if (endings != 1)
            block.Rule.Report(FileCodes.NotOne, endings == 0 ? block.Node : block.Node.Entry(Endings.Where(ending => block.Node.Find(ending) is not null).ElementAt(1))!.Key, "each takes exactly one of clear, quiet, once, or expires with or without clear");
        if (block.Condition("when") is not { } when)
            return null;
        EachOptions options = new(when) { Clear = block.Clear(), Quiet = block.Span("quiet"), IsOnce = Once(block), Expires = expires?.ToFunction() };
        return (endings == 1 || expires is not null) && block.IsFine("expires", expires) && block.IsFine("clear", options.Clear) && block.IsFine("quiet", options.Quiet) ? new EachDetector(options) : null;
    }

    // The timer of a key is one: it waits for the expiry, so nothing else may wait.
    private static void CheckExpiring(DetectBlock block)
    {
        if (block.Node.Entry("quiet") is { } quiet)
            block.Rule.Report(FileCodes.NotOne, quiet.Key, "'expires' and 'quiet' both say when it is over");
        if (block.Node.Entry("once") is { } once)
            block.Rule.Report(FileCodes.NotOne, once.Key, "a single shot does not expire");
        if (block.Node.Map("clear")?.Entry("for") is { } wait)
            block.Rule.Report(FileCodes.NotOne, wait.Key, "with 'expires' a clearing waits for nothing; leave 'for' out");
    }

    private static bool Once(DetectBlock block)
    {
        bool isOnce = block.Node.Bool("once") ?? false;
        if (!isOnce && block.Node.Find("once") is YamlScalar { Value: "false" } scalar)
            block.Rule.Report(FileCodes.NotOne, scalar, "'once: false' says nothing; give clear or quiet");
        return isOnce;
    }
}
