using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Files.Mappings;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>
/// The records of a file that is one document: XML, JSON, or a flight log. It is read as a whole, within a limit; what is malformed is refused
/// where it stands, and what came before it counts.
/// </summary>
internal sealed class DocumentRecords(FileSource source, IRowMapping mapping, int input, FileInputOptions options) : IFileRecords
{
    private readonly Encoding _encoding = Charsets.Find(mapping.Format.Charset);
    private IEnumerator<DocumentRow>? _rows;
    private string _text = "";
    private long _offset;
    private int _counted;

    /// <inheritdoc />
    public bool IsAtEnd { get; private set; }

    /// <inheritdoc />
    public async ValueTask SeekAsync(long offset, CancellationToken cancellation)
    {
        _rows?.Dispose();
        long first = await source.FirstOffsetAsync(cancellation).ConfigureAwait(false);
        if (offset != IInputPort.Earliest && offset < first)
            throw new InvalidDataException($"{source.Name} has no record at offset {offset}: its records begin at {first}");
        (_offset, _counted) = (first, 0);
        _rows = (await ReadRowsAsync(first, cancellation).ConfigureAwait(false)).GetEnumerator();
        do
            IsAtEnd = !_rows.MoveNext();
        while (!IsAtEnd && OffsetOf(_rows.Current) < offset);
    }

    /// <inheritdoc />
    public ValueTask ReadAsync(int maxRecords, ImmutableArray<InputRecord>.Builder records, CancellationToken cancellation)
    {
        IEnumerator<DocumentRow> rows = _rows ?? throw new InvalidOperationException("the file was not placed");
        for (int until = records.Count + maxRecords; records.Count < until && !IsAtEnd; IsAtEnd = !rows.MoveNext())
            Add(rows.Current, records);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose() => _rows?.Dispose();

    private void Add(in DocumentRow row, ImmutableArray<InputRecord>.Builder records)
    {
        long offset = OffsetOf(row);
        byte[] original = Encoding.UTF8.GetBytes(row.Original.Span.ToArray());
        MappedRow mapped = row.Rejection is { } refused ? new MappedRow(default, refused) : mapping.Map(row.Json.Span);
        if (mapped.Rejection is { } rejection)
            records.Add(new InputRecord(input, offset, offset + 1, default, ReaderHeaderValues.Refused(rejection), original));
        else if (!mapped.IsSkipped)
            records.Add(new InputRecord(input, offset, offset + 1, default, [new RecordHeader(ReaderHeaders.Original, original)], mapped.Value));
    }

    /// <summary>Offsets count the bytes of the unpacked file, as those of lines do. Rows come in order, so each character is counted once.</summary>
    private long OffsetOf(in DocumentRow row)
    {
        _offset += _encoding.GetByteCount(_text.AsSpan(_counted, row.At - _counted));
        _counted = row.At;
        return _offset;
    }

    private async ValueTask<IEnumerable<DocumentRow>> ReadRowsAsync(long first, CancellationToken cancellation)
    {
        _text = "";
        if (await ReadBytesAsync(first, cancellation).ConfigureAwait(false) is not { } bytes)
            return [Whole(RejectionCodes.TooLarge, string.Create(CultureInfo.InvariantCulture, $"the document has more than the admitted {options.MaxDocumentBytes} bytes"))];
        if (Charsets.Decode(_encoding, bytes) is not { } text)
            return [Whole(RejectionCodes.MappingFailed, $"the document is not {mapping.Format.Charset}")];
        _text = text;
        return mapping.Format.Kind switch
        {
            RowFormatKind.Xml => new XmlRows(text, mapping.Format.Records).Read(),
            RowFormatKind.Json => JsonRows.Read(text, mapping.Format.Records),
            _ => SubtitleRows.Read(text, Path.GetFileNameWithoutExtension(source.Name)),
        };
    }

    private static DocumentRow Whole(string code, string message) => new(0, default, default, new Rejection(code, message));

    private async ValueTask<byte[]?> ReadBytesAsync(long from, CancellationToken cancellation)
    {
        await using Stream stream = await source.OpenAsync(from, cancellation).ConfigureAwait(false);
        using var all = new MemoryStream();
        var block = new byte[options.BlockBytes];
        for (int read; (read = await stream.ReadAsync(block, cancellation).ConfigureAwait(false)) > 0;)
        {
            if (all.Length + read > options.MaxDocumentBytes)
                return null;
            all.Write(block, 0, read);
        }

        return all.ToArray();
    }
}
