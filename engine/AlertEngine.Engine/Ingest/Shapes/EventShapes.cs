using System.Runtime.InteropServices;

namespace AlertEngine.Engine.Ingest.Shapes;

/// <summary>
/// The shapes of the events met so far, as a tree: a sender writes the same members in the same order again and again, so what stands
/// between two values is known bytes that are compared, not parsed. A shape is learned from an event that the plain decoder accepted;
/// whatever differs from all shapes goes to the plain decoder. Bounded: a flood of new shapes is forgotten as a whole, rarely. Not thread-safe.
/// </summary>
internal sealed class EventShapes(int maxDepth)
{
    internal const int MaxEdges = 2_048;

    /// <summary>So many events pass before a full tree is forgotten: learning what never comes again must stay cheap.</summary>
    private const int EventsBeforeForgetting = 100_000;

    private readonly ShapeRecorder _recorder = new(maxDepth);
    private readonly HashSet<TypePlan> _plans = [];
    private int _edges;
    private int _refused;

    /// <summary>The edges with which an event may begin.</summary>
    internal ShapeEdge? First { get; private set; }

    /// <summary>Learns the shape of an event of the type of <paramref name="plan"/> that the plain decoder accepted.</summary>
    internal void Learn(ReadOnlySpan<byte> value, TypePlan plan)
    {
        if (!plan.IsPredictable || plan.Rests() || !HasRoom())
            return;
        if (!_recorder.Record(value, plan))
        {
            plan.Rest();
            return;
        }

        _plans.Add(plan);
        ShapeEdge? before = null;
        foreach (RecordedStep recorded in CollectionsMarshal.AsSpan(_recorder.Steps))
        {
            if (FindOrAdd(before, recorded.Step) is not { } edge)
                return;
            plan.Learn(edge.Number, recorded.Meaning);
            before = edge;
        }
    }

    private bool HasRoom()
    {
        if (_edges < MaxEdges)
            return true;
        if (++_refused < EventsBeforeForgetting)
            return false;
        foreach (TypePlan plan in _plans)
            plan.Forget();
        _plans.Clear();
        (First, _edges, _refused) = (null, 0, 0);
        return true;
    }

    private ShapeEdge? FindOrAdd(ShapeEdge? before, ShapeStep step)
    {
        ShapeEdge? last = null;
        for (ShapeEdge? edge = before is null ? First : before.FirstNext; edge is not null; edge = edge.Sibling)
        {
            if (edge.Step.IsSameAs(step))
                return edge;
            last = edge;
        }

        if (_edges == MaxEdges)
            return null;
        var added = new ShapeEdge(_edges++, step);
        if (last is not null)
            last.Sibling = added;
        else if (before is not null)
            before.FirstNext = added;
        else
            First = added;
        return added;
    }
}
