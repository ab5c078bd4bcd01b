using System.Collections.Immutable;
using System.Globalization;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>The lines of one file as records, mapped where there is a mapping. What cannot be one is a record too, with the reason in its headers.</summary>
internal sealed class FileRecords(FileSource source, IRowMapping? mapping, int input, FileInputOptions options) : IFileRecords
{
    private readonly IRowMapping? _mapping = mapping;
    private LineReader? _lines;
    private Rejection? _refusal;

    /// <inheritdoc />
    public bool IsAtEnd => _lines is { IsAtEnd: true };

    /// <inheritdoc />
    public async ValueTask SeekAsync(long offset, CancellationToken cancellation)
    {
        _lines?.Dispose();
        long first = await source.FirstOffsetAsync(cancellation).ConfigureAwait(false);
        if (_mapping is { Format.IsCsv: true } csv)
            first = await ReadHeaderAsync(csv, first, cancellation).ConfigureAwait(false);
        long from = offset == IInputPort.Earliest ? first : offset;
        if (from < first)
            throw new InvalidDataException($"{source.Name} has no record at offset {offset}: its records begin at {first}");
        _lines = await OpenAsync(from, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask ReadAsync(int maxRecords, ImmutableArray<InputRecord>.Builder records, CancellationToken cancellation)
    {
        LineReader lines = _lines ?? throw new InvalidOperationException("the file was not placed");
        int until = records.Count + maxRecords;
        while (records.Count < until && !lines.IsAtEnd)
        {
            if (lines.TryNext(out RawLine line))
                Add(line, records);
            else if (!lines.IsAtEnd)
                await lines.FillAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lines?.Dispose();

    private async ValueTask<LineReader> OpenAsync(long offset, CancellationToken cancellation) =>
        new(await source.OpenAsync(offset, cancellation).ConfigureAwait(false), offset, _mapping is { Format.IsCsv: true }, options);

    /// <summary>Gives the header to the mapping; a file that lacks a column has each of its rows refused, and says so in each.</summary>
    private async ValueTask<long> ReadHeaderAsync(IRowMapping csv, long first, CancellationToken cancellation)
    {
        using LineReader lines = await OpenAsync(first, cancellation).ConfigureAwait(false);
        RawLine header;
        while (!lines.TryNext(out header))
        {
            if (lines.IsAtEnd)
                return first;
            await lines.FillAsync(cancellation).ConfigureAwait(false);
        }

        _refusal = header.Whole is null ? csv.ReadHeader(header.Bytes.Span) : new(RejectionCodes.MappingFailed, "the header is too long");
        return header.NextOffset;
    }

    private void Add(in RawLine line, ImmutableArray<InputRecord>.Builder records)
    {
        if (line.Whole is { } whole)
            records.Add(Record(line, line.Bytes, ReaderHeaderValues.Refused(TooLarge(whole), [.. WholeHeaders(whole)])));
        else if (source.Kind == InputKind.Lanes)
            records.Add(LaneRecord.Read(Record(line, line.Bytes, default)));
        else if (_mapping is not { } rows)
            records.Add(Record(line, line.Bytes, default));
        else
            AddMapped(line, _refusal is null ? rows.Map(line.Bytes.Span) : new MappedRow(default, _refusal), records);
    }

    private void AddMapped(in RawLine line, in MappedRow row, ImmutableArray<InputRecord>.Builder records)
    {
        if (row.Rejection is { } rejection)
            records.Add(Record(line, line.Bytes, ReaderHeaderValues.Refused(rejection)));
        else if (!row.IsSkipped)
            records.Add(Record(line, row.Value, [new RecordHeader(ReaderHeaders.Original, line.Bytes)]));
    }

    private InputRecord Record(in RawLine line, ReadOnlyMemory<byte> value, ImmutableArray<RecordHeader> headers) =>
        new(input, line.Offset, line.NextOffset, default, headers, value);

    private Rejection TooLarge(OversizeLine whole) =>
        new(RejectionCodes.TooLarge, string.Create(CultureInfo.InvariantCulture, $"the line has {whole.LengthBytes} bytes, more than the admitted {options.MaxLineBytes}"));

    private static IEnumerable<RecordHeader> WholeHeaders(OversizeLine whole) =>
        [ReaderHeaderValues.Of(ReaderHeaders.WholeBytes, whole.LengthBytes.ToString(CultureInfo.InvariantCulture)), ReaderHeaderValues.Of(ReaderHeaders.WholeSha256, whole.Sha256)];
}
