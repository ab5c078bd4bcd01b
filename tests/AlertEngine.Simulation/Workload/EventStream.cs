using System.Globalization;
using System.Text;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Simulation.Engines;
using AlertEngine.Simulation.World;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Simulation.Workload;

/// <summary>
/// What integrators send in one simulation: events of three kinds in rough order of time, with late ones, repeated ones in the same and in
/// other inputs and lanes, some that say something else under the same id, and some that are no events.
/// </summary>
internal sealed class EventStream(SimWorld world)
{
    private static readonly string[] Districts = ["320102", "320104", "320105", "320106", "320111", "320113"];
    private static readonly string[] Topics = [SimTopics.Sensor, SimTopics.Sensor, SimTopics.Video, SimTopics.Rekeyed];

    private readonly List<SentEvent> _sent = [];

    private Chance Chance => world.Chance;

    /// <summary>Every record, in the order of sending.</summary>
    public IReadOnlyList<SentEvent> Draw()
    {
        int count = Chance.Between(20, 120);
        for (int i = 0; i < count; i++)
        {
            long atTicks = Schedule.StartTicks + (world.Weather.FaultyTicks * i / count) + Chance.Millis(0, 2_000);
            _sent.Add(Chance.Below(20) switch
            {
                0 => Broken(atTicks),
                1 or 2 when i > 3 => Again(atTicks),
                3 when i > 3 => Elsewhere(atTicks),
                4 when i > 3 => WithOtherData(atTicks),
                _ => New(atTicks, i),
            });
        }

        int commands = Chance.Between(0, 20);
        for (int i = 0; i < commands; i++)
            _sent.Add(Command(Schedule.StartTicks + Chance.Millis(2_000, (int)(world.Weather.FaultyTicks / TimeSpan.TicksPerMillisecond)), i));
        return [.. _sent.OrderBy(sent => sent.AtTicks)];
    }

    private SentEvent New(long atTicks, int number)
    {
        string district = Chance.OneOf(Districts);
        string type = Chance.OneOf<string>(["fire.alarm", "water.level", "water.level", "crowd.count"]);
        long timeTicks = atTicks - (Chance.Of(0.1) ? Chance.Millis(0, 12_000) : Chance.Millis(0, 1_500));
        return new SentEvent(
            atTicks, Chance.OneOf(Topics), Murmur2.PartitionOf(district, world.Weather.Lanes), $"e-{number}", type, district, false,
            Bytes($"e-{number}", type, district, timeTicks, Chance.Below(100)));
    }

    private SentEvent Broken(long atTicks) =>
        new(atTicks, SimTopics.Sensor, Chance.Below(world.Weather.Lanes), null, "", "", false, Encoding.UTF8.GetBytes("""{"specversion":"1.0","id":"broken"}"""));

    private SentEvent Again(long atTicks) => Chance.OneOf(_sent) with { AtTicks = atTicks, Topic = Chance.OneOf(Topics) };

    /// <summary>A gateway that keys its records wrong, or one that takes the same event for another district's.</summary>
    private SentEvent Elsewhere(long atTicks)
    {
        SentEvent first = Chance.OneOf(_sent);
        if (first.Id is null || Chance.Of(0.4))
            return first with { AtTicks = atTicks, Lane = Chance.Below(world.Weather.Lanes) };
        string district = Chance.OneOf(Districts);
        string value = Encoding.UTF8.GetString(first.Value.Span).Replace(first.District, district, StringComparison.Ordinal);
        return first with { AtTicks = atTicks, District = district, Lane = Murmur2.PartitionOf(district, world.Weather.Lanes), Value = Encoding.UTF8.GetBytes(value) };
    }

    private SentEvent WithOtherData(long atTicks)
    {
        SentEvent first = Chance.OneOf(_sent);
        return first.Id is null || first.IsSecondData
            ? first with { AtTicks = atTicks }
            : first with { AtTicks = atTicks, IsSecondData = true, Value = Bytes(first.Id, first.Type, first.District, atTicks, 777) };
    }

    /// <summary>What people do to orders and alerts; now and then the same command twice, or one that makes no sense.</summary>
    private SentEvent Command(long atTicks, int number)
    {
        string district = Chance.OneOf(Districts);
        string rule = Chance.OneOf<string>(["fire", "water-hold", "water-silent", "crowd"]);
        bool isSilence = Chance.Of(0.2);
        string word = isSilence ? "silence" : Chance.OneOf<string>(["acknowledge", "acknowledge", "arrive", "resolve", "close", "nonsense"]);
        string until = isSilence ? $",\"until\":\"{TimeText(atTicks + Chance.Millis(1_000, 8_000))}\"" : "";
        string type = isSilence || Chance.Of(0.5) ? "city.command.v1" : "city.workorder.feedback.v1";
        byte[] value = Encoding.UTF8.GetBytes(
            $$$"""{"specversion":"1.0","id":"c-{{{(Chance.Of(0.1) ? number / 2 : number)}}}","source":"/people","type":"{{{type}}}","time":"{{{TimeText(atTicks)}}}","district":"{{{district}}}","data":{"command":"{{{word}}}","actor":"duty","reason":"seen","rule":"{{{rule}}}"{{{until}}}}}""");
        string topic = type == "city.command.v1" ? SimTopics.Commands : SimTopics.Feedback;
        return new SentEvent(atTicks, topic, Murmur2.PartitionOf(district, world.Weather.Lanes), null, type, district, false, value);
    }

    private static string TimeText(long ticks) => InstantPattern.ExtendedIso.Format(Instant.FromUnixTimeTicks(ticks));

    private static byte[] Bytes(string id, string type, string district, long timeTicks, int value)
    {
        string time = TimeText(timeTicks);
        string data = type switch
        {
            "fire.alarm" => string.Create(CultureInfo.InvariantCulture, $"\"level\":{value / 10}.{value % 10}"),
            "water.level" => string.Create(CultureInfo.InvariantCulture, $"\"level_m\":{value / 20}.5"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\"people\":{value}"),
        };
        // Districts lie side by side, each device forty metres from that of the next.
        string location = string.Create(CultureInfo.InvariantCulture, $$"""{"type":"Point","coordinates":[118.75{{4 * Array.IndexOf(Districts, district):00}},32.05]}""");
        return Encoding.UTF8.GetBytes(
            $$"""{"specversion":"1.0","id":"{{id}}","source":"/sim","type":"{{type}}","subject":"dev-{{value % 3}}","time":"{{time}}","district":"{{district}}","data":{ {{data}},"location":{{location}} } }""");
    }
}
