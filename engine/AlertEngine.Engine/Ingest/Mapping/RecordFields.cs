using System.Text.Json;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Mappings;

namespace AlertEngine.Engine.Ingest;

/// <summary>Reads the fields of one kind of record, of rows or of a second file, into slots. Not thread-safe.</summary>
internal sealed class RecordFields
{
    private readonly (RowField Field, FieldConversion Conversion)[] _fields;
    private readonly int[] _columns;

    internal RecordFields(IEnumerable<RowField> fields)
    {
        _fields = [.. fields.Select(field => (field, new FieldConversion(field)))];
        _columns = new int[_fields.Length];
    }

    /// <summary>Finds the columns in a header; the name of the first that it lacks, or null.</summary>
    internal string? UseHeader(IReadOnlyList<string> header)
    {
        string[] names = [.. header.Select(name => name.Trim())];
        for (int i = 0; i < _fields.Length; i++)
        {
            _columns[i] = Array.IndexOf(names, _fields[i].Field.Place.Column);
            if (_columns[i] < 0)
                return _fields[i].Field.Place.Column;
        }

        return null;
    }

    /// <summary>Reads a CSV record; the name of the first field that is none of its type, or null.</summary>
    internal string? Read(IReadOnlyList<string> record, CelValue[] slots)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if (!TryPut(i, record[_columns[i]], slots))
                return _fields[i].Field.Field.Name;
        }

        return null;
    }

    /// <summary>Reads a JSON record likewise.</summary>
    internal string? Read(JsonElement record, CelValue[] slots)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if (!TryPut(i, JsonPlaces.TextAt(record, _fields[i].Field.Place.Pointer), slots))
                return _fields[i].Field.Field.Name;
        }

        return null;
    }

    private bool TryPut(int number, string? text, CelValue[] slots)
    {
        (RowField field, FieldConversion conversion) = _fields[number];
        CelValue? value = text is null ? CelValue.Missing : conversion.Convert(text);
        slots[field.Field.Slot] = value ?? CelValue.Missing;
        return value is not null;
    }
}
