using System.Text;

namespace AlertEngine.Engine.Ingest;

/// <summary>Cuts one CSV record into fields (RFC 4180). What the quotes say is unescaped; used again from record to record. Not thread-safe.</summary>
internal sealed class CsvFields(char delimiter)
{
    private const int MaxFields = 4096;

    private readonly List<string> _fields = [];
    private readonly StringBuilder _quoted = new();

    internal IReadOnlyList<string> Fields => _fields;

    /// <summary>Cuts a record; false where its quotes do not match, or it has more fields than anyone writes.</summary>
    internal bool TryCut(string record)
    {
        _fields.Clear();
        int at = 0;
        while (true)
        {
            if (_fields.Count == MaxFields)
                return false;
            if (at < record.Length && record[at] == '"')
            {
                if (!TryQuoted(record, ref at))
                    return false;
            }
            else
            {
                int end = record.IndexOf(delimiter, at);
                end = end < 0 ? record.Length : end;
                _fields.Add(record[at..end]);
                at = end;
            }

            if (at == record.Length)
                return true;
            if (record[at] != delimiter)
                return false;
            at++;
        }
    }

    private bool TryQuoted(string record, ref int at)
    {
        _quoted.Clear();
        while (true)
        {
            int quote = record.IndexOf('"', at + 1);
            if (quote < 0)
                return false;
            _quoted.Append(record, at + 1, quote - at - 1);
            at = quote + 1;
            if (at == record.Length || record[at] != '"')
                break;
            _quoted.Append('"');
        }

        _fields.Add(_quoted.ToString());
        return true;
    }
}
