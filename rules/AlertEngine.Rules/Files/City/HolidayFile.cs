using System.Text;
using System.Text.Json;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Files.City;

/// <summary>Reads holiday files: <c>{ year, days: [ { name, date, isOffDay } ] }</c>, the shape in which China's yearly notices are published as data.</summary>
internal static class HolidayFile
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    /// <summary>The year, or null where the file cannot be used; its days go into <paramref name="listed"/>.</summary>
    public static int? Read(SourceFile file, Dictionary<LocalDate, bool> listed, DiagnosticBag diagnostics)
    {
        SourceText source = SourceText.From(file.Name, file.Text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(source.Text, Options);
            int before = listed.Count;
            if (ReadYear(document.RootElement, listed) is { } year)
                return listed.Count > before ? year : Unannounced(year, source, diagnostics);
            diagnostics.Report(FileCodes.CalendarFile, source, default, "'year' and 'days' with 'date' and 'isOffDay' are expected");
        }
        catch (JsonException fault)
        {
            int line = (int)(fault.LineNumber ?? 0) + 1;
            int column = CharsOf(source.Line(Math.Min(line, source.LineCount)), (int)(fault.BytePositionInLine ?? 0));
            diagnostics.Report(FileCodes.CalendarFile, source, new TextSpan(source.StartOfLine(Math.Min(line, source.LineCount)) + column, 1), "this is not JSON");
        }

        return null;
    }

    // A file without days stands for a year whose holidays have not been announced: it says nothing of that year.
    private static int? Unannounced(int year, SourceText source, DiagnosticBag diagnostics)
    {
        diagnostics.Report(FileCodes.UnknownYear, source, default, $"the file lists no day of {year}, which runs on weekdays");
        return null;
    }

    private static int? ReadYear(JsonElement root, Dictionary<LocalDate, bool> listed)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("year", out JsonElement year) || !year.TryGetInt32(out int number)
            || !root.TryGetProperty("days", out JsonElement days) || days.ValueKind != JsonValueKind.Array)
            return null;
        foreach (JsonElement day in days.EnumerateArray())
        {
            if (day.ValueKind != JsonValueKind.Object || !day.TryGetProperty("date", out JsonElement date) || date.ValueKind != JsonValueKind.String
                || !day.TryGetProperty("isOffDay", out JsonElement isOff) || isOff.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
                || LocalDatePattern.Iso.Parse(date.GetString()!) is not { Success: true } parsed)
                return null;
            listed[parsed.Value] = isOff.GetBoolean();
        }

        return number;
    }

    private static int CharsOf(string line, int bytes)
    {
        byte[] encoded = Encoding.UTF8.GetBytes(line);
        return Encoding.UTF8.GetCharCount(encoded, 0, Math.Min(bytes, encoded.Length));
    }
}
