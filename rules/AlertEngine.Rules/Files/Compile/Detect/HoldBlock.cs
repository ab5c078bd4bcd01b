using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection;
using AlertEngine.Rules.Detection.Hold;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile.Detect;

/// <summary>Compiles <c>hold</c>.</summary>
internal static class HoldBlock
{
    public static Detector? Compile(DetectBlock block)
    {
        if (block.Condition("when") is not { } when || block.Wait("for") is not { } wait || Tracks(block) is not { } tracks)
            return null;
        HoldOptions options = new(when, wait) { Gap = block.Span("gap"), Clear = block.Clear(), Track = tracks };
        return block.IsFine("gap", options.Gap) && block.IsFine("clear", options.Clear) ? new HoldDetector(options) : null;
    }

    private static ImmutableArray<TrackOptions>? Tracks(DetectBlock block)
    {
        ImmutableArray<TrackOptions>.Builder tracks = ImmutableArray.CreateBuilder<TrackOptions>();
        bool isFine = true;
        foreach (YamlEntry entry in block.Node.Entries("track"))
        {
            TrackOptions? track = Track(block, entry);
            isFine &= track is not null;
            if (track is not null)
                tracks.Add(track);
        }

        if (tracks.Count > HoldOptions.TrackLimit)
            block.Rule.Report(FileCodes.BadListSize, block.Node.Find("track")!, $"{tracks.Count} tracked values; at most {HoldOptions.TrackLimit} are allowed");
        return isFine ? tracks.DrainToImmutable() : null;
    }

    private static TrackOptions? Track(DetectBlock block, YamlEntry entry)
    {
        if (entry.Key.Value == "elapsed")
        {
            block.Rule.Report(FileCodes.ReservedName, entry.Key, "'hold.elapsed' is there already");
            return null;
        }

        if (entry.Value is not YamlMapping { Entries: [{ Value: YamlScalar scalar } only] } || !Enum.TryParse(only.Key.Value, ignoreCase: true, out TrackFunction function)
            || block.Names.Compile(scalar) is not { } value)
            return null;
        block.Rule.RefuseSensitive(scalar, value);
        if (function is TrackFunction.Min or TrackFunction.Max or TrackFunction.Sum && value.Type != CelType.Int && value.Type != CelType.Double && value.Type != CelType.Dyn)
        {
            block.Rule.Report(FileCodes.NotNumber, scalar, $"'{only.Key.Value}' wants a number, the expression gives {value.Type}");
            return null;
        }

        return new TrackOptions(entry.Key.Value, function, value.ToFunction(), value.Type);
    }
}
