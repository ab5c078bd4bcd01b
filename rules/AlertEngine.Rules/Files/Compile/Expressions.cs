using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>
/// Compiles the expressions of one file in one set of names, reports what is wrong at its place in the file, and notes which fields of events
/// are read. Every <c>With</c> gives a new set of names.
/// </summary>
internal sealed class Expressions
{
    private readonly CelEnvironment _environment;
    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly LayoutTable _layouts;
    private readonly ImmutableDictionary<int, ImmutableArray<string>> _typesOfRecord;
    private readonly bool _isTolerant;
    private readonly SortedSet<int> _eventReads;

    /// <summary>Compiles with these names.</summary>
    /// <param name="environment">The names.</param>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="layouts">Notes which fields are read, by type.</param>
    /// <param name="eventReads">Takes the slots of <c>event</c> that are read, of this and of all sets of names made from it.</param>
    public Expressions(CelEnvironment environment, SourceText source, DiagnosticBag diagnostics, LayoutTable layouts, SortedSet<int> eventReads)
        : this(environment, source, diagnostics, layouts, ImmutableDictionary<int, ImmutableArray<string>>.Empty, false, eventReads)
    {
    }

    private Expressions(
        CelEnvironment environment, SourceText source, DiagnosticBag diagnostics, LayoutTable layouts, ImmutableDictionary<int, ImmutableArray<string>> typesOfRecord,
        bool isTolerant, SortedSet<int> eventReads)
    {
        _eventReads = eventReads;
        _environment = environment;
        _source = source;
        _diagnostics = diagnostics;
        _layouts = layouts;
        _typesOfRecord = typesOfRecord;
        _isTolerant = isTolerant;
    }

    /// <summary>The same names in another file.</summary>
    public Expressions In(SourceText source) => new(_environment, source, _diagnostics, _layouts, _typesOfRecord, _isTolerant, _eventReads);

    /// <summary>The same names where a missing value does no harm: reading an optional field deserves no warning.</summary>
    public Expressions Tolerant() => new(_environment, _source, _diagnostics, _layouts, _typesOfRecord, true, _eventReads);

    /// <summary>The same names for what is asked only where a condition holds.</summary>
    public Expressions Where(CelExpression condition) => new(_environment.Where(condition), _source, _diagnostics, _layouts, _typesOfRecord, _isTolerant, _eventReads);

    /// <summary>One more record.</summary>
    public Expressions With(string name, CelRecordType record) => With(name, record, _typesOfRecord);

    /// <summary><c>event</c>, of any of these types.</summary>
    public Expressions WithEvent(ImmutableArray<string> types) => WithEvents("event", _layouts.RecordOf(types), types);

    /// <summary>A record whose slots are those of events of these types: <c>event</c>, or a step of a sequence.</summary>
    public Expressions WithEvents(string name, CelRecordType record, ImmutableArray<string> types) => With(name, record, _typesOfRecord.SetItem(record.RecordIndex, types));

    private Expressions With(string name, CelRecordType record, ImmutableDictionary<int, ImmutableArray<string>> typesOfRecord) =>
        new(_environment.Declare(name, CelType.Of(record)), _source, _diagnostics, _layouts, typesOfRecord, _isTolerant, _eventReads);

    /// <summary>A whole scalar as an expression; null where it is absent or wrong, which is reported.</summary>
    public CelExpression? Compile(YamlScalar? scalar, CelType? expected = null) =>
        scalar is null ? null : CompilePart(scalar, 0, scalar.Value.Length, expected);

    /// <summary>A whole scalar whose value is only shown.</summary>
    public CelExpression? CompileShown(YamlScalar scalar) => CompileShown(scalar, 0, scalar.Value.Length);

    /// <summary>
    /// A part of a scalar whose value is only shown. Where it is sensitive it is shown as stars, so that nothing of it need be read, or kept in a journal.
    /// </summary>
    public CelExpression? CompileShown(YamlScalar scalar, int start, int length)
    {
        CelExpression? expression = CompileUnnoted(scalar, start, length, null);
        if (expression is not null && !IsSensitive(expression))
            Note(expression);
        return expression;
    }

    /// <summary>A part of a scalar as an expression.</summary>
    public CelExpression? CompilePart(YamlScalar scalar, int start, int length, CelType? expected = null)
    {
        CelExpression? expression = CompileUnnoted(scalar, start, length, expected);
        if (expression is not null)
            Note(expression);
        return expression;
    }

    private CelExpression? CompileUnnoted(YamlScalar scalar, int start, int length, CelType? expected)
    {
        CelCompilation compilation = _environment.Compile(scalar.Value.Substring(start, length), expected);
        foreach (CelDiagnostic finding in compilation.Diagnostics)
        {
            if (!_isTolerant || finding.Code != CelCodes.OptionalRead.Code)
                _diagnostics.Report(finding, _source, ScalarMap.Locate(_source, scalar, start + finding.Start, finding.Length));
        }

        return compilation.Expression;
    }

    /// <summary>Whether an expression reads a field whose value is kept out of what people see.</summary>
    public bool IsSensitive(CelExpression expression) => expression.Reads.Any(IsSensitive);

    private bool IsSensitive(CelFieldUse use) =>
        _typesOfRecord.TryGetValue(use.Record.RecordIndex, out ImmutableArray<string> types)
        && types.Any(type => _layouts.Types[type].Fields.Any(field => field.IsSensitive && field.Name == use.Field.Name));

    private void Note(CelExpression expression)
    {
        foreach (CelFieldUse use in expression.Reads)
        {
            if (use.Record.RecordIndex == FrameRecords.Event)
                _eventReads.Add(use.Field.Slot);
            if (_typesOfRecord.TryGetValue(use.Record.RecordIndex, out ImmutableArray<string> types))
                _layouts.MarkRead(types, use.Field.Slot);
        }
    }
}
