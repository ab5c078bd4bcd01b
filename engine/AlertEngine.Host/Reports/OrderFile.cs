using System.Text.Json;

namespace AlertEngine.Host.Reports;

/// <summary>Reads a file of work orders: the messages of each order, in the order of their revisions.</summary>
internal static class OrderFile
{
    /// <summary>Orders beyond so many are not held at once; a replay's file may be of any size.</summary>
    private const int HeldOrders = 20_000;

    /// <summary>The orders with the most to tell: most different rules first, then most revisions.</summary>
    public static IReadOnlyList<IReadOnlyList<JsonElement>> Most(string path, int count)
    {
        if (!File.Exists(path))
            return [];
        List<JsonElement>[] orders = [.. Read(path).Values.OrderByDescending(order => order.Count).ThenBy(order => order[0].GetProperty("workOrderId").GetString(), StringComparer.Ordinal)];
        return [.. orders.DistinctBy(order => order[0].GetProperty("rule").GetProperty("id").GetString()).Take(count)];
    }

    /// <summary>All orders of the file by id; the copies of a revision that went to co-handlers are one message.</summary>
    public static Dictionary<string, List<JsonElement>> Read(string path)
    {
        var orders = new Dictionary<string, List<JsonElement>>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(path))
        {
            using JsonDocument message = JsonDocument.Parse(line);
            JsonElement data = message.RootElement.GetProperty("data");
            string id = data.GetProperty("workOrderId").GetString()!;
            if (!orders.TryGetValue(id, out List<JsonElement>? revisions))
            {
                if (orders.Count >= HeldOrders)
                    continue;
                orders[id] = revisions = [];
            }

            int revision = data.GetProperty("revision").GetInt32();
            if (revisions.Count < revision)
                revisions.Add(data.Clone());
        }

        return orders;
    }
}
