using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Devices;

/// <summary>The devices as the registry or the fixtures of a test say: rows of values by column. Immutable.</summary>
/// <param name="Columns">The columns in their order, each with the type of its values.</param>
/// <param name="Rows">The rows by device id; an empty cell is left out.</param>
/// <param name="IsGiven">Whether there is a registry, so that a column that it lacks is a slip.</param>
public sealed record DeviceRegistry(
    ImmutableArray<KeyValuePair<string, CelType>> Columns, ImmutableDictionary<string, ImmutableDictionary<string, CelValue>> Rows, bool IsGiven)
{
    private static readonly ImmutableArray<KeyValuePair<string, CelType>> StandardColumns =
    [
        new("id", CelType.String), new("name", CelType.String), new("district", CelType.String), new("street", CelType.String), new("grid", CelType.String),
        new("lon", CelType.Double), new("lat", CelType.Double), new("geo", CelType.Geo),
    ];

    /// <summary>No registry.</summary>
    public static DeviceRegistry Empty { get; } = new([], ImmutableDictionary<string, ImmutableDictionary<string, CelValue>>.Empty, false);

    /// <summary>
    /// The record of <c>device</c>: the columns that every registry has, then its own, then <paramref name="extraColumns"/>, whose values are
    /// not known before they are read. <c>name</c> is never missing: it falls back to the id.
    /// </summary>
    public CelRecordType RecordWith(IEnumerable<string> extraColumns)
    {
        Dictionary<string, CelType> columns = StandardColumns.ToDictionary(column => column.Key, column => column.Value, StringComparer.Ordinal);
        AddColumns(columns, Columns);
        foreach (string name in extraColumns)
            columns.TryAdd(name, CelType.Dyn);
        return new CelRecordType("device", FrameRecords.Device, columns.Select((column, slot) => new CelField(column.Key, column.Value, slot)));
    }

    /// <summary>The rows as slots of a record.</summary>
    public FrozenDictionary<string, CelValue[]> SlotsOf(CelRecordType record) =>
        Rows.ToFrozenDictionary(row => row.Key, row => Slots(record, row.Key, row.Value), StringComparer.Ordinal);

    /// <summary>This registry with the rows of another over it: columns are joined, cells of the other win.</summary>
    public DeviceRegistry With(DeviceRegistry other)
    {
        Dictionary<string, CelType> types = Columns.ToDictionary(column => column.Key, column => column.Value, StringComparer.Ordinal);
        AddColumns(types, other.Columns);
        var rows = Rows.ToBuilder();
        foreach ((string id, ImmutableDictionary<string, CelValue> cells) in other.Rows)
            rows[id] = rows.TryGetValue(id, out ImmutableDictionary<string, CelValue>? former) ? former.SetItems(cells) : cells;
        return new DeviceRegistry([.. types], rows.ToImmutable(), IsGiven || other.IsGiven);
    }

    /// <summary>The type that holds the values of both: int and double is double, otherwise what differs is not known before it is read.</summary>
    public static CelType Join(CelType one, CelType other)
    {
        if (one == other)
            return one;
        bool areNumbers = (one == CelType.Int || one == CelType.Double) && (other == CelType.Int || other == CelType.Double);
        return areNumbers ? CelType.Double : CelType.Dyn;
    }

    private static void AddColumns(Dictionary<string, CelType> columns, ImmutableArray<KeyValuePair<string, CelType>> added)
    {
        foreach ((string name, CelType type) in added)
            columns[name] = columns.TryGetValue(name, out CelType? former) ? Join(former, type) : type;
    }

    private static CelValue[] Slots(CelRecordType record, string id, ImmutableDictionary<string, CelValue> cells)
    {
        CelValue[] slots = new CelValue[record.SlotCount];
        foreach (CelField field in record.Fields)
        {
            if (cells.TryGetValue(field.Name, out CelValue value))
                slots[field.Slot] = field.Type == CelType.Double && value.IsInt ? CelValue.Of((double)value.AsInt) : value;
        }

        slots[record.Find("id")!.Slot] = CelValue.Of(id);
        int name = record.Find("name")!.Slot;
        if (!slots[name].IsPresent)
            slots[name] = CelValue.Of(id);
        return slots;
    }
}
