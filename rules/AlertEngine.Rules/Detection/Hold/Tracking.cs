using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Detection.Operands;

namespace AlertEngine.Rules.Detection.Hold;

/// <summary>Keeps tracked values. A value that is an error, or no number where a number is asked for, leaves what was kept.</summary>
internal static class Tracking
{
    internal static void Take(ImmutableArray<TrackOptions> tracks, HoldState kept, CelFrame frame, IDetectionSink sink)
    {
        for (int i = 0; i < tracks.Length; i++)
        {
            CelValue value = tracks[i].Value(frame);
            if (StateValues.IsKept(value))
                kept[i] = Next(tracks[i].Function, kept[i], value, sink);
            else
                sink.CountError();
        }
    }

    private static CelValue Next(TrackFunction function, CelValue kept, CelValue value, IDetectionSink sink) => function switch
    {
        TrackFunction.Last => value,
        TrackFunction.First => kept.IsPresent ? kept : value,
        TrackFunction.Count => CelValue.Of((kept.IsInt ? kept.AsInt : 0) + (value.IsBool && !value.AsBool ? 0 : 1)),
        TrackFunction.Sum => Sum(kept, value, sink),
        _ => Extreme(function == TrackFunction.Max, kept, value, sink),
    };

    private static CelValue Extreme(bool isMax, CelValue kept, CelValue value, IDetectionSink sink)
    {
        if (!Numbers.TryRead(value, out double number))
        {
            sink.CountError();
            return kept;
        }

        if (!kept.IsPresent)
            return value;
        if (kept.IsInt && value.IsInt)
            return isMax == value.AsInt > kept.AsInt ? value : kept;
        Numbers.TryRead(kept, out double before);
        return isMax == number > before ? value : kept;
    }

    private static CelValue Sum(CelValue kept, CelValue value, IDetectionSink sink)
    {
        if (!Numbers.TryRead(value, out double number))
        {
            sink.CountError();
            return kept;
        }

        if (!kept.IsPresent)
            return value;
        if (!kept.IsInt || !value.IsInt)
            return Numbers.TryRead(kept, out double before) ? CelValue.Of(before + number) : kept;
        long sum = unchecked(kept.AsInt + value.AsInt);
        bool overflows = ((kept.AsInt ^ sum) & (value.AsInt ^ sum)) < 0;
        if (overflows)
            sink.CountOverflow();
        return overflows ? kept : CelValue.Of(sum);
    }
}
