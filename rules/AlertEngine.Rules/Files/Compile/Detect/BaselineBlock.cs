using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Baseline;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>baseline</c>.</summary>
internal static class BaselineBlock
{
    private static readonly BaselineOptions Defaults = new(_ => default, BaselineMethod.Ewma, default, new Cel.CelCondition(_ => false, _ => false));

    public static Detector? Compile(DetectBlock block)
    {
        if (block.Number("of") is not { } of || !Enum.TryParse(block.Node.Text("method"), ignoreCase: true, out BaselineMethod method) || block.Wait("warmup") is not { } warmup)
            return null;
        Expressions judged = block.Names.With("baseline", BaselineNames.Record);
        if (block.Condition("when", judged) is not { } when)
            return null;
        int errors = block.Rule.Diagnostics.ErrorCount;
        BaselineOptions options = new(of.ToFunction(), method, warmup, when)
        {
            HalfLife = block.Node.Wait("half_life") ?? Defaults.HalfLife,
            Season = block.Node.Wait("season") ?? Defaults.Season,
            Bucket = block.Node.Wait("bucket") ?? Defaults.Bucket,
            Clear = block.Clear(judged),
            Zone = block.Rule.City.Zone,
        };
        CheckSeason(block, options);
        return block.IsFine("clear", options.Clear) && block.Rule.Diagnostics.ErrorCount == errors ? new BaselineDetector(options) : null;
    }

    private static void CheckSeason(DetectBlock block, BaselineOptions options)
    {
        foreach (string key in options.Method == BaselineMethod.Seasonal ? [] : new[] { "season", "bucket" })
        {
            if (block.Node.Entry(key) is { } unused)
                block.Rule.Report(FileCodes.WithoutEffect, unused.Key, $"'{key}' is of method seasonal");
        }

        foreach (string key in new[] { "half_life", "season", "bucket" })
        {
            if (block.Node.Wait(key) == Duration.Zero)
            {
                block.Rule.Report(FileCodes.DurationOrder, block.Node.Scalar(key)!, $"'{key}' must be longer than nothing");
                return;
            }
        }

        YamlNode place = block.Node.Find("bucket") ?? block.Node.Find("season") ?? block.Node;
        long buckets = options.Season.BclCompatibleTicks / options.Bucket.BclCompatibleTicks;
        if (options.Season.BclCompatibleTicks % options.Bucket.BclCompatibleTicks != 0)
            block.Rule.Report(FileCodes.WindowDivides, place, "the bucket does not divide the season");
        else if (buckets > BaselineOptions.BucketLimit)
            block.Rule.Report(FileCodes.OutOfRange, place, $"{buckets} buckets; at most {BaselineOptions.BucketLimit} are allowed");
        if (Duration.FromDays(7).BclCompatibleTicks % options.Season.BclCompatibleTicks != 0)
            block.Rule.Report(FileCodes.WindowDivides, block.Node.Find("season") ?? place, "a season is a day, a week, or what divides them");
    }
}
