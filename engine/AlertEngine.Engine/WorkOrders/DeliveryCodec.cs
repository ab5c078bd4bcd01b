using System.Collections.Immutable;
using AlertEngine.Rules.Detection;

namespace AlertEngine.Engine.WorkOrders;

/// <summary>The deliveries of an order as bytes of the journal, a part of the order's version.</summary>
internal static class DeliveryCodec
{
    public static void Write(StateWriter writer, ImmutableArray<OrderDelivery> deliveries)
    {
        writer.Count(deliveries.Length);
        foreach (OrderDelivery delivery in deliveries)
        {
            writer.Text(delivery.Unit);
            writer.Count(delivery.FirstRevision);
            writer.Signed(delivery.SentAtTicks);
            writer.Byte((byte)delivery.Status);
            writer.Signed(delivery.StatusAtTicks);
        }
    }

    public static ImmutableArray<OrderDelivery> Read(StateReader reader)
    {
        int count = reader.Count();
        var deliveries = ImmutableArray.CreateBuilder<OrderDelivery>();
        for (int i = 0; i < count; i++)
            deliveries.Add(new OrderDelivery(reader.RequiredText(), reader.Count(), reader.Signed(), (DeliveryStatus)reader.Byte(), reader.Signed()));
        return deliveries.ToImmutable();
    }
}
