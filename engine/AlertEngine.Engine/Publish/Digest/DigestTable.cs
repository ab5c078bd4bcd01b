using System.Globalization;
using System.Text;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Publish;

/// <summary>The part of the city's digest that tells its districts apart, as Markdown. Pure.</summary>
internal static class DigestTable
{
    /// <summary>The table, a line for each district and one for the city's own orders, and who told nothing.</summary>
    public static string Of(CityDigest digest, CityModel city, bool isChinese)
    {
        string Of(string zh, string en) => isChinese ? zh : en;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"\n| {Of("区", "district")} | {Of("派单", "orders")} | {Of("未结", "open")} | {Of("超时", "overdue")} | {Of("提级", "escalated")} | {Of("静默来源", "silent sources")} |\n|---|---|---|---|---|---|\n");
        foreach ((string district, DigestNumbers numbers) in digest.ByDistrict)
            text.Append(CultureInfo.InvariantCulture, $"| {NameOf(district)} | {numbers.Dispatched} | {numbers.Open} | {numbers.Overdue.Count} | {numbers.Escalated.Count} | {numbers.Silent.Count} |\n");
        if (!digest.Missing.IsEmpty)
            text.Append(CultureInfo.InvariantCulture, $"\n{Of("未报：", "not reported: ")}{string.Join(Of("、", ", "), digest.Missing.Select(NameOf))}\n");
        return text.ToString();

        string NameOf(string district) => Of2(district == city.Code ? LocalText.Both(Of("市级", "city's own")) : city.Districts.GetValueOrDefault(district)?.Name ?? LocalText.Both(district));
        string Of2(LocalText name) => isChinese ? name.Zh : name.En;
    }
}
