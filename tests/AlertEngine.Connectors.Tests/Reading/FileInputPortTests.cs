using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AlertEngine.Connectors.Files.Reading;
using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Files.Mappings;
using Xunit;

namespace AlertEngine.Connectors.Tests.Reading;

public sealed class FileInputPortTests : IDisposable
{
    private static readonly FileInputOptions Small = new() { MaxLineBytes = 100, BlockBytes = 16 };
    private readonly string _folder = Directory.CreateTempSubdirectory("alertengine-reading-").FullName;

    [Fact]
    public async Task Every_line_knows_where_it_begins_and_where_the_next_does()
    {
        List<InputRecord> records = await ReadAll(Source("a.ndjson", "{\"a\":1}\n{\"b\":22222222222222222222}\r\n\n  \r\n{\"c\":3}"));
        Assert.Equal(["{\"a\":1}", "{\"b\":22222222222222222222}", "{\"c\":3}"], records.Select(Text));
        Assert.Equal([(0, 8), (8, 36), (41, 48)], records.Select(record => (record.Offset, record.NextOffset)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n\n")]
    [InlineData("\uFEFF")]
    public async Task A_file_without_a_line_has_no_record_and_is_at_its_end(string content) =>
        Assert.Empty(await ReadAll(Source("a.ndjson", content)));

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_line()
    {
        InputRecord first = (await ReadAll(Source("a.ndjson", "\uFEFFx\ny")))[0];
        Assert.Equal(("x", 3), (Text(first), first.Offset));
    }

    [Theory]
    [InlineData("a.ndjson")]
    [InlineData("a.ndjson.gz")]
    public async Task Reading_goes_on_at_any_offset_as_if_it_had_not_stopped(string name)
    {
        FileSource source = Source(name, string.Concat(Enumerable.Range(0, 60).Select(i => new string('x', i) + i + (i % 3 == 0 ? "\r\n" : "\n"))));
        List<InputRecord> all = await ReadAll(source);
        Assert.Equal(60, all.Count);
        for (int i = 0; i < all.Count; i++)
        {
            List<InputRecord> rest = await ReadAll(source, all[i].Offset);
            Assert.Equal(all.Skip(i).Select(record => (record.Offset, Text(record))), rest.Select(record => (record.Offset, Text(record))));
        }
    }

    [Theory]
    [InlineData(101)]
    [InlineData(5_000_000)]
    public async Task A_line_beyond_the_limit_is_told_by_length_and_hash_and_the_next_is_read(int length)
    {
        string giant = new('g', length);
        List<InputRecord> records = await ReadAll(Source("a.ndjson", $"first\n{giant}\nlast"));
        Assert.Equal(3, records.Count);
        Assert.Equal("last", Text(records[2]));
        Assert.Equal((6, 7 + length), (records[1].Offset, records[1].NextOffset));
        Assert.Equal(RejectionCodes.TooLarge, Header(records[1], ReaderHeaders.RejectionCode));
        Assert.Equal($"the line has {length} bytes, more than the admitted 100", Header(records[1], ReaderHeaders.RejectionMessage));
        Assert.Equal(length.ToString(), Header(records[1], ReaderHeaders.WholeBytes));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(giant))), Header(records[1], ReaderHeaders.WholeSha256));
    }

    [Fact]
    public async Task A_line_of_exactly_the_limit_is_read() =>
        Assert.Equal(100, (await ReadAll(Source("a.ndjson", new string('g', 100) + "\n")))[0].Value.Length);

    [Fact]
    public async Task Lines_stay_as_they_were_when_more_is_read()
    {
        List<InputRecord> records = await ReadAll(Source("a.ndjson", string.Join('\n', Enumerable.Range(1000, 500))));
        Assert.Equal(Enumerable.Range(1000, 500).Select(i => i.ToString()), records.Select(Text));
    }

    [Fact]
    public async Task Inputs_that_are_not_wanted_are_not_read()
    {
        await using var port = new FileInputPort([Source("a", "1\n2\n"), Source("b", "3\n")], Small);
        await port.SeekAsync([IInputPort.Earliest, IInputPort.Earliest], TestContext.Current.CancellationToken);
        InputFetch fetch = await port.FetchAsync(10, [1], TestContext.Current.CancellationToken);
        Assert.Equal([(1, "3")], fetch.Records.Select(record => (record.Input, Text(record))));
        Assert.Equal([1], fetch.AtEnd);
        fetch = await port.FetchAsync(2, [0, 1], TestContext.Current.CancellationToken);
        Assert.Equal([(0, "1")], fetch.Records.Select(record => (record.Input, Text(record))));
        Assert.Equal([1], fetch.AtEnd);
    }

    [Fact]
    public void An_edited_file_is_another_input_and_a_renamed_one_is_not()
    {
        string Id(string name, string content) => Source(name, content).Describe().TopicId;
        Assert.Equal(Id("a", "1\n"), Id("b", "1\n"));
        Assert.NotEqual(Id("a", "1\n"), Id("b", "2\n"));
    }

    [Fact]
    public async Task A_csv_record_may_have_lines_within_quotes_and_begins_behind_the_header()
    {
        var mapping = new Echo();
        List<InputRecord> records = await ReadAll(Source("a.csv", "h1,h2\r\n1,\"a\nb\"\"\n\"\r\n2,c\n", mapping));
        Assert.Equal("h1,h2", mapping.Header);
        Assert.Equal(["<1,\"a\nb\"\"\n\">", "<2,c>"], records.Select(Text));
        Assert.Equal([7L, 19L], records.Select(record => record.Offset));
        Assert.Equal("2,c", Header(records[1], ReaderHeaders.Original));
    }

    [Fact]
    public async Task A_csv_file_is_taken_up_behind_its_header_with_the_header_read()
    {
        var mapping = new Echo();
        Assert.Equal(["<2,c>"], (await ReadAll(Source("a.csv", "h1,h2\n1,b\n2,c\n", mapping), 10)).Select(Text));
        Assert.Equal("h1,h2", mapping.Header);
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAll(Source("a.csv", "h1,h2\n1,b\n", mapping), 2));
    }

    [Fact]
    public async Task Rows_that_are_skipped_or_refused_by_the_mapping_are_nothing_or_a_reason()
    {
        List<InputRecord> records = await ReadAll(Source("a.csv", "h\nskip\nbad\ngood\n", new Echo()));
        Assert.Equal(["bad", "<good>"], records.Select(Text));
        Assert.Equal(RejectionCodes.MappingFailed, Header(records[0], ReaderHeaders.RejectionCode));
        Assert.Equal("it is bad", Header(records[0], ReaderHeaders.RejectionMessage));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FileSource Source(string name, string content, IRowMapping? mapping = null)
    {
        string path = Path.Combine(_folder, name);
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        using FileStream file = File.Create(path);
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            file.Write(bytes);
            return new FileSource(path, name, mapping is null ? null : () => mapping);
        }

        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        packed.Write(bytes);
        return new FileSource(path, name, mapping is null ? null : () => mapping);
    }

    private static async Task<List<InputRecord>> ReadAll(FileSource source, long from = IInputPort.Earliest)
    {
        await using var port = new FileInputPort([source], Small);
        await port.SeekAsync([from], TestContext.Current.CancellationToken);
        List<InputRecord> all = [];
        for (int calls = 0; calls < 10_000; calls++)
        {
            InputFetch fetch = await port.FetchAsync(7, [0], TestContext.Current.CancellationToken);
            all.AddRange(fetch.Records);
            if (fetch.AtEnd is [0])
                return all;
        }

        throw new InvalidOperationException("the input never came to its end");
    }

    private static string Text(InputRecord record) => Encoding.UTF8.GetString(record.Value.Span);

    private static string Header(InputRecord record, string name) =>
        Encoding.UTF8.GetString(record.Headers.Single(header => header.Name == name).Value.Span);

    private sealed class Echo : IRowMapping
    {
        public string Header { get; private set; } = "";

        public RowFormat Format { get; } = new(RowFormatKind.Csv, "utf-8", []);

        public Rejection? ReadHeader(ReadOnlySpan<byte> header)
        {
            Header = Encoding.UTF8.GetString(header);
            return null;
        }

        public MappedRow Map(ReadOnlySpan<byte> row) => Encoding.UTF8.GetString(row) switch
        {
            "skip" => default,
            "bad" => new MappedRow(default, new Rejection(RejectionCodes.MappingFailed, "it is bad")),
            var text => new MappedRow(Encoding.UTF8.GetBytes($"<{text}>"), null),
        };
    }
}
