using System.Buffers.Text;
using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>How far a lane that writes to an input of ours had come when it last did.</summary>
/// <param name="Input">The input.</param>
/// <param name="Lane">The sender.</param>
/// <param name="WatermarkTicks">Its event time.</param>
public readonly record struct SenderMark(int Input, int Lane, long WatermarkTicks);

/// <summary>
/// The sending lanes of one input. Their least watermark is how far the input has come, so that a lane that catches up is not late; one that was
/// silent for long is left out, like an input. Not thread-safe.
/// </summary>
internal sealed class SenderMarks
{
    private readonly SortedDictionary<int, (long WatermarkTicks, long HeardTicks)> _senders = [];
    private bool _hasBegun;

    /// <summary>The marks of an input.</summary>
    /// <param name="expected">So many lanes, from 0, are known to send: nothing is settled before each of them has been heard.</param>
    public SenderMarks(int expected = 0)
    {
        for (int lane = 0; lane < expected; lane++)
            _senders[lane] = (long.MinValue, 0);
    }

    /// <summary>The last event time before the furthest watermark; <see cref="long.MinValue"/> where none is known.</summary>
    public long LastTicks => _senders.Values.Select(sender => sender.WatermarkTicks).DefaultIfEmpty(long.MinValue).Max() is var furthest and > long.MinValue ? furthest - 1 : long.MinValue;

    /// <summary>Counts silence from here: what was never heard is not yet silent for long.</summary>
    public void Begin(long nowTicks)
    {
        if (_hasBegun)
            return;
        _hasBegun = true;
        foreach (int lane in _senders.Where(sender => sender.Value.HeardTicks == 0).Select(sender => sender.Key).ToArray())
            _senders[lane] = (_senders[lane].WatermarkTicks, nowTicks);
    }

    /// <summary>What is known of each.</summary>
    public IEnumerable<(int Lane, long WatermarkTicks)> All => _senders.Select(sender => (sender.Key, sender.Value.WatermarkTicks));

    /// <summary>A sender was heard.</summary>
    public void Note(int lane, long watermarkTicks, long nowTicks) => _senders[lane] = (watermarkTicks, nowTicks);

    /// <summary>What the sender of a record says of itself; null where no lane wrote it.</summary>
    public static (int Lane, long WatermarkTicks)? Read(ImmutableArray<RecordHeader> headers)
    {
        if (headers.IsDefaultOrEmpty)
            return null;
        long? lane = null, watermarkTicks = null;
        foreach (RecordHeader header in headers)
        {
            if (header.Name == LaneHeaders.Lane)
                lane = NumberOf(header);
            else if (header.Name == LaneHeaders.Watermark)
                watermarkTicks = NumberOf(header);
        }

        return lane is >= 0 and <= int.MaxValue && watermarkTicks is { } ticks ? ((int)lane, ticks) : null;
    }

    /// <summary>The least watermark of those that count; null where none does.</summary>
    /// <param name="isSettled">Whether everything that was sent has been read: only then is silence the sender's.</param>
    /// <param name="nowTicks">Now.</param>
    /// <param name="idleTicks">After so long without a record a sender is left out.</param>
    public long? Least(bool isSettled, long nowTicks, long idleTicks)
    {
        long? least = null;
        foreach ((long watermarkTicks, long heardTicks) in _senders.Values)
        {
            if (!(isSettled && nowTicks - heardTicks > idleTicks))
                least = Math.Min(least ?? long.MaxValue, watermarkTicks);
        }

        return least;
    }

    private static long? NumberOf(in RecordHeader header) =>
        Utf8Parser.TryParse(header.Value.Span, out long number, out int read) && read == header.Value.Length ? number : null;
}
