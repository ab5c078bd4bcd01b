using System.Collections.Immutable;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Csv;

/// <summary>One row of a table.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Fields">Its fields, as many as the header has.</param>
public sealed record CsvRow(TextSpan Span, ImmutableArray<string> Fields);

/// <summary>A table with a header: RFC 4180, UTF-8, limits on fields and rows. Immutable.</summary>
public sealed class CsvTable
{
    private CsvTable(SourceText source, ImmutableArray<string> columns, ImmutableArray<CsvRow> rows)
    {
        Source = source;
        Columns = columns;
        Rows = rows;
    }

    /// <summary>The file.</summary>
    public SourceText Source { get; }

    /// <summary>The names of the header, without white space around them.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>The rows, in order; empty lines are left out.</summary>
    public ImmutableArray<CsvRow> Rows { get; }

    /// <summary>The place of a column, or -1.</summary>
    public int IndexOf(string column) => Columns.IndexOf(column);

    /// <summary>A table, or null where the header cannot be used. Rows of another length than the header are reported and left out.</summary>
    public static CsvTable? Read(SourceText source, DiagnosticBag diagnostics)
    {
        CsvLexer lexer = new(source, diagnostics);
        if (lexer.NextRow() is not { } header)
        {
            diagnostics.Report(FileCodes.CsvColumn, source, default, "the table has no header");
            return null;
        }

        ImmutableArray<string> columns = [.. header.Fields.Select(field => field.Trim())];
        if (columns.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            diagnostics.Report(FileCodes.CsvColumn, source, header.Span, $"the column '{twice.Key}' stands twice in the header");
            return null;
        }

        return new CsvTable(source, columns, RowsOf(lexer, columns.Length, source, diagnostics));
    }

    private static ImmutableArray<CsvRow> RowsOf(CsvLexer lexer, int width, SourceText source, DiagnosticBag diagnostics)
    {
        ImmutableArray<CsvRow>.Builder rows = ImmutableArray.CreateBuilder<CsvRow>();
        while (lexer.NextRow() is { } row)
        {
            if (row.Fields.Length == width)
                rows.Add(row);
            else
                diagnostics.Report(FileCodes.CsvRow, source, row.Span, $"{row.Fields.Length} fields; the header has {width}");
        }

        return rows.DrainToImmutable();
    }
}
