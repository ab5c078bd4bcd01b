using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Mappings;

namespace AlertEngine.Engine.Ingest;

/// <summary>The mapping of the rows of one file: row → slots → second files → expressions → one structured CloudEvent. Not thread-safe.</summary>
internal sealed class RowMapping : IRowMapping
{
    private readonly MappingPlan _plan;
    private readonly ImmutableArray<LookupTable> _lookups;
    private readonly MappedValue[] _keys;
    private readonly Encoding _encoding;
    private readonly CsvFields _csv;
    private readonly RecordFields _fields;
    private readonly MappedEventWriter _writer;
    private readonly MappedValue[] _skips;
    private readonly CelFrame _frame;
    private int _columns;

    internal RowMapping(MappingPlan plan, ImmutableArray<LookupTable> lookups)
    {
        _plan = plan;
        _lookups = lookups;
        _keys = [.. lookups.Select(lookup => new MappedValue(lookup.Plan.By))];
        _encoding = plan.Format.IsLines ? Charsets.Find(plan.Format.Charset) : Encoding.UTF8;
        _csv = new CsvFields(plan.Delimiter);
        _fields = new RecordFields(plan.Fields);
        _writer = new MappedEventWriter(plan);
        _skips = [.. plan.Skips.Select(skip => new MappedValue(skip))];
        _frame = plan.Environment.CreateFrame();
        _frame.Records[plan.Row.RecordIndex] = new CelValue[plan.Row.SlotCount];
    }

    /// <inheritdoc />
    public RowFormat Format => _plan.Format;

    /// <inheritdoc />
    public Rejection? ReadHeader(ReadOnlySpan<byte> header)
    {
        if (Charsets.Decode(_encoding, header) is not { } text)
            return Failed($"the header is not {_plan.Format.Charset}");
        if (!_csv.TryCut(text))
            return Failed("the header's quotes do not match");
        _columns = _csv.Fields.Count;
        return _fields.UseHeader(_csv.Fields) is { } lacking ? Failed($"the header has no column '{lacking}'") : null;
    }

    /// <inheritdoc />
    public MappedRow Map(ReadOnlySpan<byte> row)
    {
        if (Charsets.Decode(_encoding, row) is not { } text)
            return new MappedRow(default, Failed($"the row is not {_plan.Format.Charset}"));
        if ((_plan.Format.IsCsv ? ReadCsv(text) : ReadJson(text)) is { } rejection)
            return new MappedRow(default, rejection);
        for (int i = 0; i < _lookups.Length; i++)
            _frame.Records[_lookups[i].Plan.Record.RecordIndex] = _lookups[i].Find(MappedValue.TextOf(_keys[i].Of(_frame)) ?? "");
        foreach (MappedValue skip in _skips)
        {
            if (skip.Of(_frame) is { IsBool: true, AsBool: true })
                return default;
        }

        return _writer.Write(_frame, row);
    }

    private Rejection? ReadCsv(string text)
    {
        if (!_csv.TryCut(text))
            return Failed("the row's quotes do not match");
        if (_csv.Fields.Count != _columns)
            return Failed($"the row has {_csv.Fields.Count} fields, the header {_columns}");
        return WrongField(_fields.Read(_csv.Fields, _frame.Records[_plan.Row.RecordIndex]));
    }

    private Rejection? ReadJson(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return WrongField(_fields.Read(document.RootElement, _frame.Records[_plan.Row.RecordIndex]));
        }
        catch (JsonException)
        {
            return Failed("the row is no JSON");
        }
    }

    private Rejection? WrongField(string? name)
    {
        if (name is null)
            return null;
        RowField field = _plan.Fields.First(field => field.Field.Name == name);
        return Failed($"row.{name} is no {(field.Kind == RowFieldKind.Time && field.Time!.Zone is null ? "time with an offset, and the mapping names no zone" : field.Kind.ToString().ToLowerInvariant())}");
    }

    private static Rejection Failed(string message) => new(RejectionCodes.MappingFailed, message);
}
