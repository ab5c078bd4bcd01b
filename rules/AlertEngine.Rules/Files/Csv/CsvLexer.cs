using System.Collections.Immutable;
using System.Text;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Csv;

/// <summary>Cuts the text of a table into rows of fields. It stops at the first fault that it cannot read past.</summary>
internal sealed class CsvLexer(SourceText source, DiagnosticBag diagnostics)
{
    private const int FieldsPerRow = 256;
    private const int RowsPerTable = 1_000_000;
    private const int FieldLengthChars = 65_536;

    private readonly string _text = source.Text;
    private int _position;
    private int _rows;

    /// <summary>The next row that is not empty, or null at the end.</summary>
    public CsvRow? NextRow()
    {
        while (_position < _text.Length && _text[_position] == '\n')
            _position++;
        if (_position >= _text.Length)
            return null;
        int start = _position;
        if (++_rows > RowsPerTable)
            return Stop(start, $"more than {RowsPerTable} rows");
        ImmutableArray<string>.Builder fields = ImmutableArray.CreateBuilder<string>();
        do
        {
            if (fields.Count == FieldsPerRow)
                return Stop(start, $"more than {FieldsPerRow} fields in a row");
            if (NextField() is not { } field)
                return null;
            fields.Add(field);
        }
        while (TakesComma());
        int end = _position;
        if (_position < _text.Length && _text[_position] != '\n')
            return Stop(_position, "text behind the closing quote of a field");
        _position++;
        return new CsvRow(TextSpan.Between(start, end), fields.DrainToImmutable());
    }

    private bool TakesComma()
    {
        if (_position >= _text.Length || _text[_position] != ',')
            return false;
        _position++;
        return true;
    }

    private string? NextField()
    {
        if (_position < _text.Length && _text[_position] == '"')
            return QuotedField();
        int length = _text.AsSpan(_position).IndexOfAny(',', '\n');
        length = length < 0 ? _text.Length - _position : length;
        if (length > FieldLengthChars)
        {
            Stop(_position, $"a field of more than {FieldLengthChars} characters");
            return null;
        }

        _position += length;
        return _text.Substring(_position - length, length).Trim();
    }

    private string? QuotedField()
    {
        int start = _position++;
        StringBuilder field = new();
        while (_position < _text.Length && field.Length <= FieldLengthChars)
        {
            char next = _text[_position++];
            if (next != '"')
            {
                field.Append(next);
            }
            else if (_position < _text.Length && _text[_position] == '"')
            {
                field.Append('"');
                _position++;
            }
            else
            {
                return field.ToString();
            }
        }

        Stop(start, field.Length > FieldLengthChars ? $"a field of more than {FieldLengthChars} characters" : "the quote that opens here is not closed");
        return null;
    }

    private CsvRow? Stop(int offset, string messageEn)
    {
        diagnostics.Report(FileCodes.CsvSyntax, source, new TextSpan(offset, 1), messageEn);
        _position = _text.Length;
        return null;
    }
}
