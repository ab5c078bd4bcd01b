namespace AlertEngine.Rules.Detection.Timing;

/// <summary>
/// A binary heap of nodes by due instant, then by a comparer. A node knows its place, so that it can be taken out from anywhere.
/// Not thread-safe.
/// </summary>
/// <param name="ties">Orders nodes that are due at one instant.</param>
/// <param name="firstPlace">Added to a node's index to tell its place from those of others.</param>
internal sealed class DueHeap(IComparer<TimerNode> ties, int firstPlace)
{
    private TimerNode[] _nodes = new TimerNode[16];

    internal int Count { get; private set; }

    internal TimerNode First => _nodes[0];

    internal void Add(TimerNode node)
    {
        if (Count == _nodes.Length)
            Array.Resize(ref _nodes, Count * 2);
        SiftUp(node, Count++);
    }

    internal void Remove(TimerNode node)
    {
        int index = node.Place - firstPlace;
        node.Place = TimerNode.NoPlace;
        TimerNode last = _nodes[--Count];
        _nodes[Count] = null!;
        if (ReferenceEquals(last, node))
            return;
        if (index > 0 && IsBefore(last, _nodes[(index - 1) / 2]))
            SiftUp(last, index);
        else
            SiftDown(last, index);
    }

    private void SiftUp(TimerNode node, int index)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (!IsBefore(node, _nodes[parent]))
                break;
            Put(_nodes[parent], index);
            index = parent;
        }

        Put(node, index);
    }

    private void SiftDown(TimerNode node, int index)
    {
        while (2 * index + 1 < Count)
        {
            int child = 2 * index + 1;
            if (child + 1 < Count && IsBefore(_nodes[child + 1], _nodes[child]))
                child++;
            if (!IsBefore(_nodes[child], node))
                break;
            Put(_nodes[child], index);
            index = child;
        }

        Put(node, index);
    }

    private void Put(TimerNode node, int index)
    {
        _nodes[index] = node;
        node.Place = firstPlace + index;
    }

    private bool IsBefore(TimerNode one, TimerNode other) =>
        one.DueTicks != other.DueTicks ? one.DueTicks < other.DueTicks : ties.Compare(one, other) < 0;
}
