using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Rules.Matching;

/// <summary>One declared field of an event type and where it lies in the event's <c>data</c>.</summary>
/// <param name="Field">Name, type, slot and declared range.</param>
/// <param name="Path">The members from <c>data</c> down to the value, unescaped; one element where no <c>path</c> is declared.</param>
/// <param name="IsSensitive">Whether its value is kept out of titles, evidence, dead letters and logs.</param>
public sealed record EventField(CelField Field, ImmutableArray<string> Path, bool IsSensitive)
{
    /// <summary>Whether some expression reads it. The decoder checks the others and leaves them out. Default true.</summary>
    public bool IsRead { get; init; } = true;
}

/// <summary>
/// The slots of one event type. Types that some rule reads together share their slots, so that one compiled
/// condition serves them all. Immutable and thread-safe.
/// </summary>
public sealed class EventLayout
{
    /// <summary>A layout.</summary>
    public EventLayout(string type, CelRecordType record, ImmutableArray<EventField> fields)
    {
        Type = type;
        Record = record;
        Fields = fields;
        FieldsByMember = fields.Where(field => field.Path.Length == 1).ToFrozenDictionary(field => field.Path[0], StringComparer.Ordinal);
    }

    /// <summary>The CloudEvents type that the layout is of.</summary>
    public string Type { get; }

    /// <summary>The record as expressions see it: the slots of every event, then the type's own.</summary>
    public CelRecordType Record { get; }

    /// <summary>The declared fields.</summary>
    public ImmutableArray<EventField> Fields { get; }

    /// <summary>The declared fields that are direct members of <c>data</c>, by name.</summary>
    public FrozenDictionary<string, EventField> FieldsByMember { get; }

    /// <summary>The slots that every event has, as fields.</summary>
    public static ImmutableArray<CelField> CommonFields { get; } =
    [
        new("id", CelType.String, EventSlots.Id),
        new("source", CelType.String, EventSlots.Source),
        new("type", CelType.String, EventSlots.Type),
        new("device", CelType.String, EventSlots.Device),
        new("district", CelType.String, EventSlots.District),
        new("street", CelType.String, EventSlots.Street),
        new("grid", CelType.String, EventSlots.Grid),
        new("time", CelType.Timestamp, EventSlots.Time),
        new("geo", CelType.Geo, EventSlots.Geo, IsOptional: true),
    ];
}
