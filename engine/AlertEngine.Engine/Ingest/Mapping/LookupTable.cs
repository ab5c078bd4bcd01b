using System.Collections.Frozen;
using System.Text.Json;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Mappings;

namespace AlertEngine.Engine.Ingest;

/// <summary>The records of a second file by their keys. Immutable and thread-safe.</summary>
internal sealed class LookupTable
{
    private const int MaxRecords = 1_000_000;

    private readonly FrozenDictionary<string, CelValue[]> _records;
    private readonly CelValue[] _nothing;

    private LookupTable(LookupPlan plan, Dictionary<string, CelValue[]> records)
    {
        Plan = plan;
        _records = records.ToFrozenDictionary(StringComparer.Ordinal);
        _nothing = new CelValue[plan.Record.SlotCount];
    }

    internal LookupPlan Plan { get; }

    /// <summary>The record of a key; one of which everything is missing where there is none.</summary>
    internal CelValue[] Find(string key) => _records.GetValueOrDefault(key, _nothing);

    /// <summary>Reads a second file; null and the fault where it cannot be read.</summary>
    internal static LookupTable? Read(LookupPlan plan, ReadOnlyMemory<byte> bytes, out string? fault)
    {
        var records = new Dictionary<string, CelValue[]>(StringComparer.Ordinal);
        try
        {
            fault = plan.IsCsv ? ReadCsv(plan, bytes, records) : ReadJson(plan, bytes, records);
        }
        catch (JsonException malformed)
        {
            fault = $"{plan.File}: no JSON: {malformed.Message}";
        }

        return fault is null ? new LookupTable(plan, records) : null;
    }

    /// <summary>The same record twice is the last one. A record that does not fit is a fault of the whole file: half a table would answer half the questions.</summary>
    private static string? ReadCsv(LookupPlan plan, ReadOnlyMemory<byte> bytes, Dictionary<string, CelValue[]> records)
    {
        if (Charsets.Decode(Charsets.Find(plan.Charset), bytes.Span) is not { } text)
            return $"{plan.File}: not {plan.Charset}";
        var fields = new CsvFields(',');
        var reader = new RecordFields(plan.Fields);
        int key = -1;
        int columns = 0;
        foreach (string line in CsvRecords(text.TrimStart('\uFEFF')))
        {
            if (!fields.TryCut(line))
                return $"{plan.File}: malformed CSV: {line}";
            if (key < 0)
            {
                key = fields.Fields.ToList().FindIndex(name => name.Trim() == plan.Key.Column);
                if (key < 0 || reader.UseHeader(fields.Fields) is not null)
                    return $"{plan.File}: the header lacks '{(key < 0 ? plan.Key.Column : reader.UseHeader(fields.Fields))}'";
                columns = fields.Fields.Count;
                continue;
            }

            var slots = new CelValue[plan.Record.SlotCount];
            if (fields.Fields.Count != columns || reader.Read(fields.Fields, slots) is { } || !TryAdd(records, fields.Fields[key].Trim(), slots))
                return $"{plan.File}: a record that does not fit: {line}";
        }

        return key < 0 ? $"{plan.File}: no header" : null;
    }

    private static string? ReadJson(LookupPlan plan, ReadOnlyMemory<byte> bytes, Dictionary<string, CelValue[]> records)
    {
        using JsonDocument document = JsonDocument.Parse(bytes);
        if (JsonPlaces.At(document.RootElement, plan.Records) is not { ValueKind: JsonValueKind.Array } array)
            return $"{plan.File}: no array of records at /{string.Join('/', plan.Records)}";
        var reader = new RecordFields(plan.Fields);
        foreach (JsonElement record in array.EnumerateArray())
        {
            var slots = new CelValue[plan.Record.SlotCount];
            if (reader.Read(record, slots) is { } bad)
                return $"{plan.File}: '{bad}' of a record is none of its type: {record.GetRawText()}";
            if (JsonPlaces.TextAt(record, plan.Key.Pointer) is { } key && !TryAdd(records, key, slots))
                return $"{plan.File}: more than {MaxRecords} records";
        }

        return null;
    }

    /// <summary>Of records with the same key the last stays, as in a file that is appended to.</summary>
    private static bool TryAdd(Dictionary<string, CelValue[]> records, string key, CelValue[] slots)
    {
        records[key] = slots;
        return records.Count <= MaxRecords;
    }

    private static IEnumerable<string> CsvRecords(string text)
    {
        bool isQuoted = false;
        int from = 0;
        for (int at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] == '"')
                isQuoted = !isQuoted;
            if (at < text.Length && (text[at] != '\n' || isQuoted))
                continue;
            string record = text[from..at].TrimEnd('\r');
            from = at + 1;
            if (record.Length > 0)
                yield return record;
        }
    }
}
