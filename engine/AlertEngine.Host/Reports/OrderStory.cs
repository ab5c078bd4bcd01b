using System.Globalization;
using System.Text.Json;

namespace AlertEngine.Host.Reports;

/// <summary>
/// Tells one work order as a story: which events, which conditions with which values, which route and why, what became of it. It reads only the
/// order's own messages, so that anyone with the output file can check it.
/// </summary>
internal static class OrderStory
{
    private const int ShownEvents = 5;

    /// <summary>The story's lines.</summary>
    /// <param name="revisions">The order's messages in the order of their revisions: each the <c>data</c> of a CloudEvent.</param>
    /// <param name="words">The reader's language.</param>
    public static IEnumerable<string> Tell(IReadOnlyList<JsonElement> revisions, Words words)
    {
        JsonElement first = revisions[0], last = revisions[^1];
        yield return $"{words.Of("工单", "Work order")} {Text(first, "workOrderId")[..8]}  {Text(first.GetProperty("title"), words.IsChinese ? "zh" : "en")}";
        yield return $"  {words.Of("事件", "events")}     {Events(last, words)}";
        foreach (JsonElement condition in first.GetProperty("rule").GetProperty("conditions").EnumerateArray())
            yield return $"  {words.Of("条件", "because")}    {Text(condition, "name")}: {Text(condition, "expression")} = {condition.GetProperty("value").GetRawText()}{Values(condition)}";
        yield return $"  {words.Of("规则", "rule")}       {Text(first.GetProperty("rule"), "id")}, {words.Of("等级", "severity")} {Text(first, "severity")}, {words.Of("发现于", "detected")} {Text(first, "detectedAt")}";
        yield return $"  {words.Of("去向", "route")}      {Units(first)} ({Text(first, "routeReason")})";
        foreach (JsonElement revision in revisions)
            yield return $"  {words.Of("经过", "then")}       {Text(revision, "operation")} r{revision.GetProperty("revision")}: {Text(revision, "status")}, {words.Of("层级", "level")} {Text(revision, "commandLevel")}, {words.Of("等级", "severity")} {Text(revision, "severity")}{Reason(revision)}{Cleared(revision, words)}";
    }

    private static string Events(JsonElement order, Words words)
    {
        string[] ids = [.. order.GetProperty("relatedEventIds").EnumerateArray().Select(id => id.GetString()!)];
        string more = ids.Length > ShownEvents ? string.Create(CultureInfo.InvariantCulture, $" … {ids.Length} {words.Of("条", "in all")}") : "";
        return string.Join(", ", ids.Take(ShownEvents)) + more;
    }

    private static string Values(JsonElement condition)
    {
        string[] values = [.. condition.GetProperty("values").EnumerateObject().Select(value => $"{value.Name} = {value.Value.GetRawText()}")];
        return values.Length == 0 ? "" : $"  ({string.Join(", ", values)})";
    }

    private static string Units(JsonElement order) =>
        string.Join(" + ", order.GetProperty("coHandlers").EnumerateArray().Select(unit => unit.GetString()!).Prepend(Text(order, "lead")));

    private static string Reason(JsonElement revision) => revision.TryGetProperty("escalationReason", out JsonElement reason) ? $" ({reason})" : "";

    private static string Cleared(JsonElement revision, Words words) => Text(revision, "alertStatus") == "cleared" ? words.Of("，告警已恢复", ", alert cleared") : "";

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
}
