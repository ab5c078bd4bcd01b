using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime.Text;

namespace AlertEngine.Rules.Files.Mappings;

/// <summary>Reads the fields of rows and of the records of second files.</summary>
internal static class RowFieldReader
{
    public static ImmutableArray<RowField> Read(MappingReading reading, IEnumerable<YamlEntry> entries, bool isCsv)
    {
        ImmutableArray<RowField>.Builder fields = ImmutableArray.CreateBuilder<RowField>();
        foreach (YamlEntry entry in entries)
        {
            if (entry.Value is YamlMapping block && Place(reading, block, isCsv) is { } place)
                fields.Add(Field(reading, entry.Key.Value, fields.Count, block, place));
        }

        return fields.DrainToImmutable();
    }

    /// <summary>The place that a block names; null where it names none of its format, which is reported.</summary>
    public static RowPlace? Place(MappingReading reading, YamlMapping block, bool isCsv)
    {
        (string? column, string? pointer) = (block.Text("column"), block.Text("pointer"));
        if (isCsv ? column is not null && pointer is null : pointer is not null && column is null)
            return new RowPlace(column, pointer is null ? [] : Members(pointer));
        reading.Report(FileCodes.BadPlace, block, isCsv ? "a field of CSV has a column, and no pointer" : "a field of JSON has a pointer, and no column");
        return null;
    }

    /// <summary>The members of a JSON pointer (RFC 6901), unescaped.</summary>
    public static ImmutableArray<string> Members(string pointer) =>
        [.. pointer.Split('/').Skip(1).Select(member => member.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static RowField Field(MappingReading reading, string name, int slot, YamlMapping block, RowPlace place)
    {
        RowFieldKind kind = KindOf(block.Text("type"));
        ImmutableArray<string> missing = [.. (block.Find("missing") is null ? reading.Root : block).Scalars("missing").Select(text => text.Value)];
        if (block.Find("missing") is null && reading.Root.Find("missing") is null)
            missing = [""];
        return new RowField(new CelField(name, TypeOf(kind), slot), place, kind, kind == RowFieldKind.Time ? Time(reading, block) : null, missing);
    }

    private static RowFieldKind KindOf(string? type) => type switch
    {
        "int" => RowFieldKind.Int,
        "double" => RowFieldKind.Double,
        "bool" => RowFieldKind.Bool,
        "time" => RowFieldKind.Time,
        _ => RowFieldKind.Text,
    };

    private static CelType TypeOf(RowFieldKind kind) => kind switch
    {
        RowFieldKind.Int => CelType.Int,
        RowFieldKind.Double => CelType.Double,
        RowFieldKind.Bool => CelType.Bool,
        RowFieldKind.Time => CelType.Timestamp,
        _ => CelType.String,
    };

    private static TimeReading Time(MappingReading reading, YamlMapping block)
    {
        var zone = reading.Zone(block);
        return block.Scalar("format") is not { } format || format.Value == "rfc3339" ? new TimeReading(TimeForm.Rfc3339, "", zone)
            : format.Value == "epoch-s" ? new TimeReading(TimeForm.EpochSeconds, "", zone)
            : format.Value == "epoch-ms" ? new TimeReading(TimeForm.EpochMilliseconds, "", zone)
            : Pattern(reading, format, zone);
    }

    private static TimeReading Pattern(MappingReading reading, YamlScalar format, NodaTime.DateTimeZone? zone)
    {
        bool hasOffset = format.Value.Contains("o<", StringComparison.Ordinal);
        try
        {
            if (hasOffset)
                OffsetDateTimePattern.CreateWithInvariantCulture(format.Value);
            else
                LocalDateTimePattern.CreateWithInvariantCulture(format.Value);
        }
        catch (InvalidPatternException fault)
        {
            reading.Report(FileCodes.BadTimeFormat, format, fault.Message);
        }

        return new TimeReading(hasOffset ? TimeForm.OffsetPattern : TimeForm.LocalPattern, format.Value, zone);
    }
}
