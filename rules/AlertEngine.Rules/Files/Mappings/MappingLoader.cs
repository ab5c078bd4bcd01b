using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Compile;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Mappings;

/// <summary>What loading a mapping gives.</summary>
/// <param name="Plan">The mapping; null where it has errors.</param>
/// <param name="Diagnostics">What was found, in order.</param>
public sealed record MappingResult(MappingPlan? Plan, ImmutableArray<RuleDiagnostic> Diagnostics);

/// <summary>Reads and checks mapping files (<c>alertengine: mapping/v1</c>). Pure: the file comes as text.</summary>
public static class MappingLoader
{
    private const int RowRecord = 0;

    /// <summary>Loads a mapping file.</summary>
    public static MappingResult Load(SourceFile file)
    {
        DiagnosticBag diagnostics = new();
        var document = YamlDocument.Of(file);
        MappingPlan? plan = Document.Read(document, "mapping/v1", MappingFileShape.File, diagnostics) is { } root && !diagnostics.HasErrors
            ? Build(new MappingReading(document.Source, root, diagnostics))
            : null;
        return new MappingResult(diagnostics.HasErrors ? null : plan, diagnostics.ToOrdered());
    }

    private static MappingPlan? Build(MappingReading reading)
    {
        YamlMapping root = reading.Root;
        RowFormat format = RowFormatReader.Read(reading);
        ImmutableArray<RowField> fields = RowFieldReader.Read(reading, root.Entries("row"), format.IsCsv);
        var row = new CelRecordType("row", RowRecord, fields.Select(field => field.Field));
        reading.Declare("row", row);
        ImmutableArray<LookupPlan> lookups = [.. root.Entries("lookups").Select((entry, number) => Lookup(reading, entry, number)).OfType<LookupPlan>()];
        if (root.Map("event") is not { } block || reading.Compile(block.Scalar("time"), CelType.Timestamp) is not { } time)
            return null;
        return new MappingPlan
        {
            Name = root.Text("name") ?? "",
            Format = format,
            Delimiter = Delimiter(reading),
            Row = row,
            Fields = fields,
            Lookups = lookups,
            Skips = [.. root.Scalars("skip").Select(skip => reading.Compile(skip, CelType.Bool)).OfType<CelExpression>()],
            Attributes = Attributes(reading, block),
            Time = time,
            Expires = reading.Compile(block.Scalar("expires"), CelType.Timestamp),
            Observation = [.. block.Scalars("observation").Select(part => reading.CompileValue(part)).OfType<CelExpression>()],
            Status = block.Scalar("status") is { } status ? TextReader.Read(reading, status) : null,
            Location = Location(reading, block.Map("location")),
            Data = Data(reading, block),
            Environment = reading.Environment,
        };
    }

    private static char Delimiter(MappingReading reading)
    {
        if (reading.Root.Scalar("delimiter") is not { } scalar)
            return ',';
        if (scalar.Value is [> ' ' and < '\u007f' and not '"' and var one])
            return one;
        if (scalar.Value is "\t")
            return '\t';
        reading.Report(FileCodes.BadDelimiter, scalar, $"'{scalar.Value}' does not separate fields");
        return ',';
    }

    private static LookupPlan? Lookup(MappingReading reading, YamlEntry entry, int number)
    {
        if (entry.Value is not YamlMapping block || block.Map("key") is not { } keyBlock)
            return null;
        bool isCsv = (block.Text("format") ?? "csv") == "csv";
        CelExpression? by = reading.CompileValue(block.Scalar("by"));
        ImmutableArray<RowField> fields = RowFieldReader.Read(reading, block.Entries("fields"), isCsv);
        var record = new CelRecordType(entry.Key.Value, RowRecord + 1 + number, fields.Select(field => field.Field));
        reading.Declare(entry.Key.Value, record);
        if (by is null || RowFieldReader.Place(reading, keyBlock, isCsv) is not { } key)
            return null;
        ImmutableArray<string> records = block.Text("records") is { } pointer ? RowFieldReader.Members(pointer) : [];
        return new LookupPlan(entry.Key.Value, block.Text("file") ?? "", isCsv, reading.Charset(block), records, key, by, record, fields);
    }

    private static ImmutableArray<AttributePlan> Attributes(MappingReading reading, YamlMapping block)
    {
        ImmutableArray<AttributePlan>.Builder attributes = ImmutableArray.CreateBuilder<AttributePlan>();
        foreach (string name in new[] { "id", "source", "type", "subject", "district", "street", "grid" })
        {
            if (block.Scalar(name) is { } scalar && TextReader.Read(reading, scalar) is { } text)
                attributes.Add(new AttributePlan(name, text));
        }

        return attributes.DrainToImmutable();
    }

    private static LocationPlan? Location(MappingReading reading, YamlMapping? block)
    {
        if (block is null || reading.Compile(block.Scalar("lon"), CelType.Double) is not { } longitude
            || reading.Compile(block.Scalar("lat"), CelType.Double) is not { } latitude)
            return null;
        return new LocationPlan(longitude, latitude, block.Text("crs") == "gcj02");
    }

    private static ImmutableArray<DataPlan> Data(MappingReading reading, YamlMapping block) =>
        [.. block.Entries("data").Select(entry => reading.CompileValue(entry.Value as YamlScalar) is { } value ? new DataPlan(PathOf(entry.Key.Value), value) : null).OfType<DataPlan>()];

    private static ImmutableArray<string> PathOf(string name) => name.StartsWith('/') ? RowFieldReader.Members(name) : [name];
}
