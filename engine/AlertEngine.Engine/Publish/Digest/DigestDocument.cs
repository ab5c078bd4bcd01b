using System.Globalization;
using System.Text;
using System.Text.Json;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.WorkOrders.Centre;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Engine.Publish;

/// <summary>Writes a digest: a CloudEvent with the numbers, and the same as Markdown in both languages. The same numbers give the same bytes.</summary>
internal static class DigestDocument
{
    /// <summary>The topic.</summary>
    public const string Topic = "alertengine.digest.v1";

    private static readonly ZonedDateTimePattern LocalTime = ZonedDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm", null);

    /// <summary>The message of a district.</summary>
    public static ReadOnlyMemory<byte> Write(string district, LocalText name, DigestNumbers numbers, DateTimeZone zone) => Write(district, name, numbers, zone, null, null);

    /// <summary>The message of the city.</summary>
    public static ReadOnlyMemory<byte> Write(CityModel city, CityDigest digest) => Write(city.Code, city.Name, digest.Numbers, city.Zone, digest, city);

    private static ReadOnlyMemory<byte> Write(string district, LocalText name, DigestNumbers numbers, DateTimeZone zone, CityDigest? ofCity, CityModel? city) => JsonText.Bytes(
        (district, name, numbers, zone, ofCity, city), static (json, told) =>
    {
        json.WriteStartObject();
        CloudEventEnvelope.Write(json, told.district, $"{told.district}-digest-{told.numbers.AtTicks}", CentreReport.DigestType, told.district, told.numbers.AtTicks);
        json.WriteStartObject("data");
        WriteNumbers(json, told.numbers);
        if (told.ofCity is { } digest)
            WriteDistricts(json, digest);
        JsonText.WriteText(json, "markdown", new LocalText(Page(isChinese: true), Page(isChinese: false)));
        json.WriteEndObject();
        json.WriteEndObject();

        string Page(bool isChinese)
        {
            string page = Markdown(isChinese ? told.name.Zh : told.name.En, told.numbers, told.zone, isChinese);
            return told is { ofCity: { } digest, city: { } city } ? page + DigestTable.Of(digest, city, isChinese) : page;
        }
    });

    private static void WriteDistricts(Utf8JsonWriter json, CityDigest digest)
    {
        json.WriteStartObject("districts");
        foreach ((string district, DigestNumbers numbers) in digest.ByDistrict)
        {
            json.WriteStartObject(district);
            json.WriteNumber("dispatched", numbers.Dispatched);
            json.WriteNumber("dispatchedBefore", numbers.DispatchedBefore);
            json.WriteNumber("open", numbers.Open);
            json.WriteNumber("overdue", numbers.Overdue.Count);
            json.WriteNumber("escalated", numbers.Escalated.Count);
            json.WriteNumber("silentSources", numbers.Silent.Count);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("missing");
        foreach (string district in digest.Missing)
            json.WriteStringValue(district);
        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, DigestNumbers numbers)
    {
        json.WriteString("from", Words.Time(numbers.AtTicks - NodaConstants.TicksPerDay));
        json.WriteString("until", Words.Time(numbers.AtTicks));
        json.WriteNumber("dispatched", numbers.Dispatched);
        json.WriteNumber("dispatchedBefore", numbers.DispatchedBefore);
        json.WriteStartObject("bySeverity");
        for (int i = 0; i < numbers.BySeverity.Length; i++)
            json.WriteNumber(Words.Of((Severity)i), numbers.BySeverity[i]);
        json.WriteEndObject();
        json.WriteStartObject("byUnit");
        foreach ((string unit, int count) in numbers.ByUnit)
            json.WriteNumber(unit, count);
        json.WriteEndObject();
        json.WriteNumber("open", numbers.Open);
        WriteIds(json, "overdue", numbers.Overdue);
        WriteIds(json, "escalated", numbers.Escalated);
        WriteIds(json, "silentSources", numbers.Silent);
    }

    private static void WriteIds(Utf8JsonWriter json, string name, DigestList ids)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", ids.Count);
        json.WriteStartArray("first");
        foreach (string id in ids.First)
            json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Markdown(string name, DigestNumbers numbers, DateTimeZone zone, bool isChinese)
    {
        string Of(string zh, string en) => isChinese ? zh : en;
        string at = LocalTime.Format(Instant.FromUnixTimeTicks(numbers.AtTicks).InZone(zone));
        int change = numbers.Dispatched - numbers.DispatchedBefore;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {name} {Of("信息报送", "digest")} {at}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| {Of("项目", "item")} | {Of("数量", "number")} |\n|---|---|\n");
        text.Append(CultureInfo.InvariantCulture, $"| {Of("24 小时派单（较前日）", "orders of 24 hours (against the day before)")} | {numbers.Dispatched} ({change:+0;-0;0}) |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {Of("未结", "open")} | {numbers.Open} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {Of("超时", "overdue")} | {numbers.Overdue.Count} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {Of("提级", "escalated")} | {numbers.Escalated.Count} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {Of("静默来源", "silent sources")} | {numbers.Silent.Count} |\n");
        foreach ((string unit, int count) in numbers.ByUnit)
            text.Append(CultureInfo.InvariantCulture, $"| {unit} | {count} |\n");
        return text.ToString();
    }
}
