using System.Collections.Immutable;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Mappings;

/// <summary>Reads how the rows of a file are found.</summary>
internal static class RowFormatReader
{
    public static RowFormat Read(MappingReading reading)
    {
        YamlMapping root = reading.Root;
        RowFormatKind kind = KindOf(root.Text("format"));
        return new RowFormat(kind, reading.Charset(root), Records(reading, root, kind));
    }

    private static ImmutableArray<string> Records(MappingReading reading, YamlMapping root, RowFormatKind kind)
    {
        ImmutableArray<string> names = [.. root.Scalars("records").Select(name => name.Value)];
        if (kind == RowFormatKind.Json && names is [['/', ..] pointer])
            return RowFieldReader.Members(pointer);
        if (kind == RowFormatKind.Xml ? names.IsEmpty || names.Any(name => name.StartsWith('/')) : !names.IsEmpty)
            reading.Report(FileCodes.BadRecords, root.Find("records") ?? root, Expected(kind));
        return names;
    }

    private static string Expected(RowFormatKind kind) => kind switch
    {
        RowFormatKind.Json => "the records of a JSON document lie at a pointer, '/result/records'",
        RowFormatKind.Xml => "the records of XML are named by their elements, from the outermost: [alert, info, area]",
        _ => "each line, or cue, is a record: there is nothing to name",
    };

    private static RowFormatKind KindOf(string? format) => format switch
    {
        "ndjson" => RowFormatKind.Ndjson,
        "json" => RowFormatKind.Json,
        "xml" => RowFormatKind.Xml,
        "srt" => RowFormatKind.Subtitles,
        _ => RowFormatKind.Csv,
    };
}
