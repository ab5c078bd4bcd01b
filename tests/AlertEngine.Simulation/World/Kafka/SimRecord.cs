using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Simulation.World.Kafka;

/// <summary>The numbers that an output carries in its headers.</summary>
internal readonly record struct SimNumbers(int Lane, long EmitSeq, long TopicSeq, OutputTransit? Transit = null)
{
    /// <summary>What another lane reads of them.</summary>
    public ImmutableArray<RecordHeader> ToHeaders() => Transit is { } transit
        ? [Header(LaneHeaders.Lane, Lane), Header(LaneHeaders.Watermark, transit.WatermarkTicks)]
        : [Header(LaneHeaders.Lane, Lane)];

    private static RecordHeader Header(string name, long value) => new(name, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>One record of a partition.</summary>
/// <param name="Offset">Where it stands.</param>
/// <param name="Key">Its key.</param>
/// <param name="Value">Its bytes; empty in a control record.</param>
/// <param name="Numbers">The numbers of an output; null on everything else.</param>
/// <param name="Transaction">The transaction it is part of; null where there is none.</param>
/// <param name="IsControl">Whether it only ends a transaction.</param>
internal sealed record SimRecord(long Offset, string Key, ReadOnlyMemory<byte> Value, SimNumbers? Numbers, SimTransaction? Transaction, bool IsControl = false)
{
    /// <summary>Whether a read_committed reader is given it, once it may read so far.</summary>
    public bool IsVisible => !IsControl && (Transaction is null || Transaction.State == SimTransactionState.Committed);
}
