using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Evaluate;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.Lanes;

/// <content>
/// A snapshot, in parts between which the district goes on. Alerts and orders are values that nobody changes: those of the beginning are written
/// whenever there is room, and are still those of the beginning. The states of keys change in place, so each is what it is when it is written; those
/// that changed since the beginning are in the deltas of the batches since then, which a recovery applies in turn with the parts.
/// </content>
internal sealed partial class DistrictCodec
{
    private const int HeadBytes = 4_096;

    private readonly List<KeyState> _group = [];
    private Walk? _walk;

    /// <summary>Writes a part; see <see cref="IDistrictKernel.EncodePart"/>.</summary>
    /// <exception cref="InvalidOperationException">It is not the first, and none is under way.</exception>
    public StatePart EncodePart(int part, long sequence, int maxBytes)
    {
        if (part == 0)
            _walk = new Walk(sequence, new Queue<Alert>(alerts.All), new Queue<WorkOrder>(orders.All), keys.Walk());
        Walk walk = _walk ?? throw new InvalidOperationException($"part {part} of a snapshot that was not begun");
        long sequenceOfPart = walk.HasValues ? walk.Sequence : sequence;
        // Never a key as it is now beside a value of the beginning: the part would count as durable before the key is.
        bool takesKeys = sequence == sequenceOfPart;
        ReadOnlyMemory<byte> state = WritePart(walk, part == 0, takesKeys, maxBytes);
        if (walk.IsAtEnd)
            _walk = null;
        return new StatePart(sequenceOfPart, state, walk.IsAtEnd);
    }

    /// <summary>How many entries have room is known only behind them, and their number comes first: they are written beside.</summary>
    private ReadOnlyMemory<byte> WritePart(Walk walk, bool isFirst, bool takesKeys, int maxBytes)
    {
        StateWriter alertEntries = new(), orderEntries = new(), keyEntries = new();
        int alertCount = 0, orderCount = 0, keyCount = 0;
        for (; alertEntries.WrittenBytes < maxBytes && walk.Alerts.TryDequeue(out Alert? alert); alertCount++)
            WriteAlert(alertEntries, alert.DedupKey, alert);
        long left = (long)maxBytes - alertEntries.WrittenBytes;
        for (; orderEntries.WrittenBytes < left && walk.Orders.TryDequeue(out WorkOrder? order); orderCount++)
            WriteOrder(orderEntries, order.Id, order);
        left -= orderEntries.WrittenBytes;
        while (takesKeys && keyEntries.WrittenBytes < left && walk.Keys.TryTake(_group))
        {
            keyCount += _group.Count;
            foreach (KeyState state in _group)
                WriteKey(keyEntries, state, isKept: true);
        }

        var writer = new StateWriter(alertEntries.WrittenBytes + orderEntries.WrittenBytes + keyEntries.WrittenBytes + HeadBytes);
        WriteHead(writer, hasContext: isFirst, hasMarks: isFirst);
        writer.Counted(keyCount, keyEntries);
        writer.Counted(alertCount, alertEntries);
        writer.Counted(orderCount, orderEntries);
        commands.Write(writer, isAll: isFirst);
        suppression.Write(writer, isAll: isFirst);
        centre.Write(writer, isAll: isFirst);
        return writer.Written;
    }

    /// <summary>What is left of a snapshot that is under way, and the last batch before it was begun.</summary>
    private sealed record Walk(long Sequence, Queue<Alert> Alerts, Queue<WorkOrder> Orders, KeyWalk Keys)
    {
        public bool HasValues => Alerts.Count + Orders.Count > 0;

        public bool IsAtEnd => !HasValues && Keys.IsAtEnd;
    }
}
