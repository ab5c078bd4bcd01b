using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest.Shapes;

/// <summary>
/// How the data of one event type is read: its declared fields as a tree, and what each edge of the known shapes means for this type.
/// One a type and decoder. Not thread-safe.
/// </summary>
internal sealed class TypePlan
{
    /// <summary>So many events of a type are not looked at after one that could not be recorded: the next ones are likely to be like it.</summary>
    private const int RestingEvents = 256;

    private FieldNode?[] _meanings = [];
    private int _resting;

    internal TypePlan(EventLayout layout)
    {
        Layout = layout;
        Fields = FieldNode.Of(layout);
        IsPredictable = !Fields.Children.Any(child => child.Role != FieldRole.Field && child.IsRead);
    }

    internal EventLayout Layout { get; }

    internal FieldNode Fields { get; }

    /// <summary>False where the type declares a member that every event may have (location, status): such a member is read twice, which shapes do not know.</summary>
    internal bool IsPredictable { get; }

    /// <summary>The field that the value behind an edge belongs to; <see cref="FieldNode.Unread"/> where to none; null where this type was never met there.</summary>
    internal FieldNode? MeaningOf(int edge) => (uint)edge < (uint)_meanings.Length ? _meanings[edge] : null;

    /// <summary>Whether this event is let go by because one before it could not be recorded.</summary>
    internal bool Rests() => _resting > 0 && --_resting > 0;

    internal void Rest() => _resting = RestingEvents;

    internal void Learn(int edge, FieldNode meaning)
    {
        if (_meanings.Length <= edge)
            Array.Resize(ref _meanings, EventShapes.MaxEdges);
        _meanings[edge] = meaning;
    }

    internal void Forget() => _meanings = [];
}
