using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Mappings;

/// <summary>What a file of rows is made of.</summary>
public enum RowFormatKind
{
    /// <summary>CSV records (RFC 4180), of which the first is a header.</summary>
    Csv = 0,

    /// <summary>One JSON document a line.</summary>
    Ndjson,

    /// <summary>One JSON document that holds all records.</summary>
    Json,

    /// <summary>One XML document; its elements become JSON before they are mapped.</summary>
    Xml,

    /// <summary>A flight log in the form of subtitles, as drones of DJI write it; its cues become JSON before they are mapped.</summary>
    Subtitles,
}

/// <summary>How the rows of a file are found.</summary>
/// <param name="Kind">What the file is made of.</param>
/// <param name="Charset">The character set.</param>
/// <param name="Records">Of JSON the members on the way to the records; of XML the names of the elements from the outermost to the one that is a row; otherwise empty.</param>
public sealed record RowFormat(RowFormatKind Kind, string Charset, ImmutableArray<string> Records)
{
    /// <summary>Whether rows are CSV records; fields are columns then, and otherwise JSON pointers.</summary>
    public bool IsCsv => Kind == RowFormatKind.Csv;

    /// <summary>Whether rows are lines of the file, or else parts of one document.</summary>
    public bool IsLines => Kind is RowFormatKind.Csv or RowFormatKind.Ndjson;
}
