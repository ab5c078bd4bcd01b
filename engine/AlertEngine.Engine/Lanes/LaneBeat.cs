using System.Text;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>
/// The record by which a lane says to the city lane how far it has come and nothing else, so that a lane whose districts are quiet does not hold
/// the city's time back. The watermark itself travels beside the value, as with every record of a lane for a lane.
/// </summary>
internal static class LaneBeat
{
    /// <summary>The CloudEvents type.</summary>
    public const string Type = "city.lane.watermark.v1";

    /// <summary>The beat of a lane.</summary>
    public static Output Of(int lane, long watermarkTicks) => new(OutputKind.City, LaneTopics.City, LaneTopics.BeatKey, Encoding.UTF8.GetBytes(
        $$"""{"specversion":"1.0","id":"lane-{{lane}}-{{watermarkTicks}}","source":"/alertengine/lane-{{lane}}","type":"{{Type}}","time":"{{Words.Time(watermarkTicks)}}"}"""))
    {
        Transit = new OutputTransit(watermarkTicks, 0),
    };
}
