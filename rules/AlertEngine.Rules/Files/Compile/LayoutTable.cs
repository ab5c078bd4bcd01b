using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>
/// Gives the fields of event types their slots. Types that some rule reads together form a group, in which a field of one name and type has one
/// slot, so that one compiled condition serves all of them. Types of different groups share nothing and stay small.
/// </summary>
internal sealed class LayoutTable
{
    private readonly FrozenDictionary<string, EventType> _types;
    private readonly Dictionary<(string Type, string Field), int> _slots = [];
    private readonly Dictionary<string, int> _slotCounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CelRecordType> _records = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<int>> _readSlots = new(StringComparer.Ordinal);

    /// <summary>A table of the declared types.</summary>
    /// <param name="types">The types.</param>
    /// <param name="readTogether">The types of each rule.</param>
    public LayoutTable(IEnumerable<EventType> types, IEnumerable<ImmutableArray<string>> readTogether)
    {
        _types = types.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        foreach (List<string> group in GroupsOf(readTogether))
            AssignSlots(group);
        // Whose alert it is decides who takes it, and a parent order names its children's, whether an expression asks or not.
        if (_types.ContainsKey(AlertEvent.Type))
        {
            MarkRead([AlertEvent.Type], RecordOf([AlertEvent.Type]).Find(AlertEvent.Rule)!.Slot);
            MarkRead([AlertEvent.Type], RecordOf([AlertEvent.Type]).Find(AlertEvent.Order)!.Slot);
        }
    }

    /// <summary>The declared types by name.</summary>
    public FrozenDictionary<string, EventType> Types => _types;

    /// <summary>
    /// What expressions see of events of any of these types: a field that some of them lack may be missing. Without types: what every event has.
    /// </summary>
    public CelRecordType RecordOf(ImmutableArray<string> types)
    {
        string name = types.IsEmpty ? "any event" : string.Join(" or ", types.Order(StringComparer.Ordinal));
        if (!_records.TryGetValue(name, out CelRecordType? record))
            _records.Add(name, record = new CelRecordType(name, FrameRecords.Event, [.. EventLayout.CommonFields, .. FieldsOf(types)], LeastSlots(types)));
        return record;
    }

    /// <summary>A field that is declared with different types by two of these types, or null.</summary>
    public string? ConflictAmong(ImmutableArray<string> types) =>
        types.SelectMany(type => _types[type].Fields).GroupBy(field => field.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Select(field => field.Type).Distinct().Count() > 1)?.Key;

    /// <summary>Notes that an expression over events of these types reads a slot.</summary>
    public void MarkRead(ImmutableArray<string> types, int slot)
    {
        foreach (string type in types)
        {
            if (!_readSlots.TryGetValue(type, out HashSet<int>? slots))
                _readSlots.Add(type, slots = []);
            slots.Add(slot);
        }
    }

    /// <summary>The layouts, each field with the mark whether it is read.</summary>
    public FrozenDictionary<string, EventLayout> ToLayouts() =>
        _types.Values.ToFrozenDictionary(type => type.Name, type => new EventLayout(type.Name, RecordOf([type.Name]), FieldsWithMarks(type)), StringComparer.Ordinal);

    private ImmutableArray<EventField> FieldsWithMarks(EventType type)
    {
        CelRecordType record = RecordOf([type.Name]);
        HashSet<int>? read = _readSlots.GetValueOrDefault(type.Name);
        return [.. type.Fields.Select(field => (Declared: field, Field: record.Find(field.Name)!))
            .Select(pair => new EventField(pair.Field, pair.Declared.Path, pair.Declared.IsSensitive) { IsRead = read?.Contains(pair.Field.Slot) ?? false })];
    }

    private IEnumerable<CelField> FieldsOf(ImmutableArray<string> types) =>
        types.SelectMany(type => _types[type].Fields.Select(field => (Type: type, Field: field)))
            .GroupBy(pair => pair.Field.Name, StringComparer.Ordinal)
            .Select(group => FieldOf(group.First().Type, group.First().Field, group.Count() < types.Length || group.Any(pair => pair.Field.IsOptional)));

    private CelField FieldOf(string type, DeclaredField field, bool isOptional) => new(field.Name, field.Type, _slots[(type, field.Name)], isOptional)
    {
        Unit = field.Unit,
        Minimum = field.Minimum,
        Maximum = field.Maximum,
    };

    private int LeastSlots(ImmutableArray<string> types) => types.IsEmpty ? EventSlots.FirstField : types.Max(type => _slotCounts[type]);

    private void AssignSlots(List<string> group)
    {
        Dictionary<(string Name, CelType Type), int> slots = [];
        foreach (string type in group.Order(StringComparer.Ordinal))
        {
            foreach (DeclaredField field in _types[type].Fields)
            {
                if (!slots.TryGetValue((field.Name, field.Type), out int slot))
                    slots.Add((field.Name, field.Type), slot = EventSlots.FirstField + slots.Count);
                _slots[(type, field.Name)] = slot;
            }
        }

        foreach (string type in group)
            _slotCounts[type] = EventSlots.FirstField + slots.Count;
    }

    private IEnumerable<List<string>> GroupsOf(IEnumerable<ImmutableArray<string>> readTogether)
    {
        Dictionary<string, List<string>> groupOf = _types.Keys.ToDictionary(type => type, type => new List<string> { type }, StringComparer.Ordinal);
        foreach (ImmutableArray<string> together in readTogether)
        {
            string[] known = [.. together.Where(groupOf.ContainsKey)];
            foreach (string other in known.Skip(1))
                Merge(groupOf, groupOf[known[0]], groupOf[other]);
        }

        return groupOf.Values.Distinct();
    }

    private static void Merge(Dictionary<string, List<string>> groupOf, List<string> into, List<string> from)
    {
        if (ReferenceEquals(into, from))
            return;
        into.AddRange(from);
        foreach (string moved in from)
            groupOf[moved] = into;
    }
}
