using System.Collections.Frozen;
using System.Collections.Immutable;

namespace AlertEngine.Rules.Cel;

/// <summary>A field of a record, which is a slot of a frame.</summary>
/// <param name="Name">The field's name in expressions.</param>
/// <param name="Type">Its type.</param>
/// <param name="Slot">Its place in the record's array of slots.</param>
/// <param name="IsOptional">Whether it may be missing in well-formed data; reading it without <c>has()</c> is a warning.</param>
public sealed record CelField(string Name, CelType Type, int Slot, bool IsOptional = false)
{
    /// <summary>The unit that the schema states, null where it states none; a lint compares units.</summary>
    public string? Unit { get; init; }

    /// <summary>The smallest value that the schema admits; null: unbounded.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest value that the schema admits; null: unbounded.</summary>
    public double? Maximum { get; init; }
}

/// <summary>
/// The type of a variable such as <c>event</c> or <c>hold</c>: named fields, each a slot of one record of a <see cref="CelFrame"/>.
/// Immutable and thread-safe.
/// </summary>
public sealed class CelRecordType
{
    private readonly FrozenDictionary<string, CelField> _byName;

    /// <summary>A record type.</summary>
    /// <param name="name">What errors call it: <c>water.level</c>.</param>
    /// <param name="recordIndex">Its place in <see cref="CelFrame.Records"/>.</param>
    /// <param name="fields">Its fields; their names and slots are unique.</param>
    /// <param name="leastSlotCount">The fewest slots an instance has, where it shares its slots with other records; otherwise 0.</param>
    public CelRecordType(string name, int recordIndex, IEnumerable<CelField> fields, int leastSlotCount = 0)
    {
        Name = name;
        RecordIndex = recordIndex;
        Fields = [.. fields];
        _byName = Fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
        SlotCount = Math.Max(leastSlotCount, Fields.Length == 0 ? 0 : Fields.Max(field => field.Slot) + 1);
    }

    /// <summary>What errors call the record.</summary>
    public string Name { get; }

    /// <summary>Its place in the frame.</summary>
    public int RecordIndex { get; }

    /// <summary>The fields in declaration order.</summary>
    public ImmutableArray<CelField> Fields { get; }

    /// <summary>How many slots an instance needs.</summary>
    public int SlotCount { get; }

    /// <summary>The field of that name, or null.</summary>
    public CelField? Find(string name) => _byName.GetValueOrDefault(name);
}
