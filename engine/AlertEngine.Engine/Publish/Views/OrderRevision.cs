using System.Globalization;
using System.Text.Json;

namespace AlertEngine.Engine.Publish.Views;

/// <summary>
/// A published revision of an order, read as anybody outside reads it: a CloudEvent of a unit's topic, or a line of <c>workorders.ndjson</c>. Views
/// are made of what was published and of nothing else. Immutable.
/// </summary>
/// <param name="Message">The CloudEvent.</param>
public sealed record OrderRevision(JsonElement Message)
{
    /// <summary>The order as the revision tells it.</summary>
    public JsonElement Data => Message.GetProperty("data");

    /// <summary>The order's id.</summary>
    public string OrderId => Text("workOrderId");

    /// <summary>Its number, from 1.</summary>
    public int Number => Data.GetProperty("revision").GetInt32();

    /// <summary>When it was made: RFC 3339, UTC.</summary>
    public string At => Message.GetProperty("time").GetString()!;

    /// <summary>Whether the order has ended with it.</summary>
    public bool HasEnded => Text("status") is "closed" or "cancelled" or "returned" or "merged";

    /// <summary>A member of the order as a text; empty where it is not there.</summary>
    public string Text(string name) => TextOf(Data, name);

    /// <summary>A member of a part of the order: <c>title</c>, <c>zh</c>.</summary>
    public string Text(string part, string name) => Data.TryGetProperty(part, out JsonElement inner) ? TextOf(inner, name) : "";

    /// <summary>All units that get it, the lead first.</summary>
    public IEnumerable<string> Units
    {
        get
        {
            IEnumerable<string> units = Data.GetProperty("coHandlers").EnumerateArray().Select(unit => unit.GetString()!).Prepend(Text("lead"));
            return Text("commandUnit") is { Length: > 0 } holder ? units.Append(holder).Distinct() : units;
        }
    }

    /// <summary>Its position; null where none is known.</summary>
    public (string Latitude, string Longitude)? Position
    {
        get
        {
            if (!Data.GetProperty("location").TryGetProperty("point", out JsonElement point))
                return null;
            JsonElement coordinates = point.GetProperty("coordinates");
            return (Degrees(coordinates[1]), Degrees(coordinates[0]));
        }
    }

    private static string Degrees(JsonElement value) => value.GetDouble().ToString("R", CultureInfo.InvariantCulture);

    private static string TextOf(JsonElement value, string name) => value.TryGetProperty(name, out JsonElement member) ? member.ToString() : "";
}
