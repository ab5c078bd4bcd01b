using System.Globalization;
using System.Text;

namespace AlertEngine.Connectors.Files.SampleDay;

/// <summary>How an event says where it happened.</summary>
internal enum Placement
{
    /// <summary>By its <c>district</c>.</summary>
    District = 0,

    /// <summary>By its <c>street</c>; the street table tells the district.</summary>
    Street,

    /// <summary>Not at all; the registry knows its device.</summary>
    Registry,

    /// <summary>By a position in WGS 84; the outlines tell the district.</summary>
    Position,

    /// <summary>By a position in GCJ-02, which is converted first.</summary>
    MarsPosition,
}

/// <summary>An event as a line: a structured CloudEvent.</summary>
/// <param name="Event">What it tells.</param>
/// <param name="Sequence">The how manieth of its device it is: part of its id.</param>
/// <param name="Placement">How it says where.</param>
internal sealed record CloudEventLine(SampleEvent Event, int Sequence, Placement Placement)
{
    /// <summary>Its id.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Event.Device.Id}-{Sequence:00000}");

    /// <summary>The line's bytes, without an end of line.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Text(Id, DayTime.Rfc3339(Event.TimeMs), Data));

    /// <summary>The same event with one of its texts replaced: what a broken sender makes of it.</summary>
    public string With(string from, string to)
    {
        string text = Text(Id, DayTime.Rfc3339(Event.TimeMs), Data);
        string changed = text.Replace(from, to, StringComparison.Ordinal);
        return changed != text ? changed : throw new InvalidOperationException($"'{from}' does not occur in {text}");
    }

    private string Data => "{" + Event.Fields + Status + Location + "}";

    private string Status => Event.IsExercise ? ",\"status\":\"exercise\"" : "";

    private string Location => Placement switch
    {
        Placement.Position => Point("wgs84"),
        Placement.MarsPosition => Point("gcj02"),
        _ => "",
    };

    private string Where => Placement switch
    {
        Placement.District => $",\"district\":\"{Event.Device.District.Code}\",\"grid\":\"{Event.Device.Grid}\"",
        Placement.Street => $",\"street\":\"{Event.Device.Street}\",\"grid\":\"{Event.Device.Grid}\"",
        _ => "",
    };

    private string Text(string id, string time, string data) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/nanjing/{{Event.Device.Kind.Word}}","type":"{{Event.Type}}","time":"{{time}}","subject":"{{Event.Device.Id}}"{{Where}},"datacontenttype":"application/json","data":{{data}}}""";

    /// <summary>Somewhere near the device, within a hundred meters or so, another place for each event.</summary>
    private string Point(string crs)
    {
        double longitude = Event.Device.Longitude + ((Sequence % 21) - 10) * 0.0001;
        double latitude = Event.Device.Latitude + ((Sequence % 13) - 6) * 0.0001;
        return string.Create(CultureInfo.InvariantCulture, $",\"location\":{{\"type\":\"Point\",\"coordinates\":[{longitude:0.0000},{latitude:0.0000}],\"crs\":\"{crs}\"}}");
    }
}
