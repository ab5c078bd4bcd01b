using System.Collections.Immutable;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.WorkOrders;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// Watches what a kernel decides, in the order in which it does: tests and explanations read it. It sees values and can change nothing.
/// </summary>
public interface IKernelObserver
{
    /// <summary>An alert changed.</summary>
    void OnAlert(in AlertNotice notice);

    /// <summary>A revision of an order was sent to these topics, the lead's first.</summary>
    void OnOrder(WorkOrder order, ImmutableArray<string> topics);

    /// <summary>A command was answered.</summary>
    void OnReply(CommandReply reply)
    {
    }
}
