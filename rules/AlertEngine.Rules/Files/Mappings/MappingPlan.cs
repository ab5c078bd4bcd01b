using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using NodaTime;

namespace AlertEngine.Rules.Files.Mappings;

/// <summary>How a field of a row is read.</summary>
public enum RowFieldKind
{
    /// <summary>A text, as it stands.</summary>
    Text = 0,

    /// <summary>A whole number.</summary>
    Int,

    /// <summary>A number.</summary>
    Double,

    /// <summary><c>true</c> or <c>false</c>, <c>1</c> or <c>0</c>.</summary>
    Bool,

    /// <summary>A date with a time.</summary>
    Time,
}

/// <summary>How a time is written.</summary>
public enum TimeForm
{
    /// <summary>RFC 3339, or its date and time without an offset.</summary>
    Rfc3339 = 0,

    /// <summary>By a pattern of NodaTime without an offset.</summary>
    LocalPattern,

    /// <summary>By a pattern of NodaTime with an offset.</summary>
    OffsetPattern,

    /// <summary>Seconds since 1970 in UTC.</summary>
    EpochSeconds,

    /// <summary>Milliseconds since 1970 in UTC.</summary>
    EpochMilliseconds,
}

/// <summary>How times of one field are written.</summary>
/// <param name="Form">The form.</param>
/// <param name="Pattern">The pattern; empty unless the form has one.</param>
/// <param name="Zone">The zone of what has no offset; null where the mapping names none, so that such a time is refused.</param>
public sealed record TimeReading(TimeForm Form, string Pattern, DateTimeZone? Zone);

/// <summary>Where a value lies in a row: a column of CSV, or a JSON pointer.</summary>
/// <param name="Column">The column's name; null for JSON.</param>
/// <param name="Pointer">The members on the way to the value, unescaped; empty for CSV.</param>
public sealed record RowPlace(string? Column, ImmutableArray<string> Pointer);

/// <summary>A field of a row, which expressions call <c>row.NAME</c>.</summary>
/// <param name="Field">Name, type and slot.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Kind">How it is read.</param>
/// <param name="Time">How its times are written; null unless it is a time.</param>
/// <param name="Missing">The texts that mean that nothing is there.</param>
public sealed record RowField(CelField Field, RowPlace Place, RowFieldKind Kind, TimeReading? Time, ImmutableArray<string> Missing);

/// <summary>A second file in which more is found about what a row names.</summary>
/// <param name="Name">The record that expressions read.</param>
/// <param name="File">The file, beside the events or beside the mapping.</param>
/// <param name="IsCsv">CSV with a header, or else one JSON document.</param>
/// <param name="Charset">The file's character set.</param>
/// <param name="Records">The way to the array of records in a JSON document.</param>
/// <param name="Key">Where a record's key lies.</param>
/// <param name="By">The key to look for.</param>
/// <param name="Record">The record.</param>
/// <param name="Fields">What is read of a record.</param>
public sealed record LookupPlan(
    string Name, string File, bool IsCsv, string Charset, ImmutableArray<string> Records, RowPlace Key, CelExpression By, CelRecordType Record, ImmutableArray<RowField> Fields);

/// <summary>A part of a text: either literal, or the value of an expression.</summary>
/// <param name="Literal">The literal text; null for a value.</param>
/// <param name="Value">The expression; null for a literal.</param>
public sealed record TextPart(string? Literal, CelExpression? Value);

/// <summary>A text that is put together for each row; without a value that it needs there is no text.</summary>
/// <param name="Parts">Its parts, in order.</param>
public sealed record TextPlan(ImmutableArray<TextPart> Parts);

/// <summary>An attribute of the event.</summary>
/// <param name="Name">CloudEvents' name.</param>
/// <param name="Text">Its text.</param>
public sealed record AttributePlan(string Name, TextPlan Text);

/// <summary>A member of the event's <c>data</c>.</summary>
/// <param name="Path">The members on the way to it, one where it lies in <c>data</c> itself.</param>
/// <param name="Value">Its value; without one the member is left out.</param>
public sealed record DataPlan(ImmutableArray<string> Path, CelExpression Value);

/// <summary>The event's position.</summary>
/// <param name="Longitude">In degrees.</param>
/// <param name="Latitude">In degrees.</param>
/// <param name="IsGcj02">Whether the degrees are GCJ-02.</param>
public sealed record LocationPlan(CelExpression Longitude, CelExpression Latitude, bool IsGcj02);

/// <summary>A mapping file, checked: how rows that another wrote become events. Immutable and thread-safe.</summary>
public sealed record MappingPlan
{
    /// <summary>The mapping's name.</summary>
    public required string Name { get; init; }

    /// <summary>How the rows are found.</summary>
    public required RowFormat Format { get; init; }

    /// <summary>What separates the fields of CSV.</summary>
    public required char Delimiter { get; init; }

    /// <summary>The record <c>row</c>.</summary>
    public required CelRecordType Row { get; init; }

    /// <summary>The fields of <c>row</c>.</summary>
    public required ImmutableArray<RowField> Fields { get; init; }

    /// <summary>The second files.</summary>
    public required ImmutableArray<LookupPlan> Lookups { get; init; }

    /// <summary>A row of which one of these is true is passed over.</summary>
    public required ImmutableArray<CelExpression> Skips { get; init; }

    /// <summary>The attributes that are texts, in the order in which they are written.</summary>
    public required ImmutableArray<AttributePlan> Attributes { get; init; }

    /// <summary>The event's time.</summary>
    public required CelExpression Time { get; init; }

    /// <summary>After which the event is no longer worth anything; null: always worth something.</summary>
    public CelExpression? Expires { get; init; }

    /// <summary>What makes it the same observation when it is polled again; empty where nothing does.</summary>
    public required ImmutableArray<CelExpression> Observation { get; init; }

    /// <summary>CAP's status; null: actual.</summary>
    public TextPlan? Status { get; init; }

    /// <summary>The position; null: none.</summary>
    public LocationPlan? Location { get; init; }

    /// <summary>The members of <c>data</c>, in the order of the file.</summary>
    public required ImmutableArray<DataPlan> Data { get; init; }

    /// <summary>The environment that made the frames' layout: one record for the row, one for each lookup.</summary>
    public required CelEnvironment Environment { get; init; }
}
