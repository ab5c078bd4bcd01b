using System.Text;
using AlertEngine.Engine.Ports;
using AlertEngine.Engine.WorkOrders;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <content>
/// The city lane. A lane of districts tells it which events its rules read; the city lane takes what it is told: events, alerts as events,
/// commands, and how far each sender has come. It has one district, the city itself.
/// </content>
internal sealed partial class Intake
{
    private static readonly byte[] CommandKey = Encoding.UTF8.GetBytes(LaneTopics.CommandKey);
    private static readonly byte[] ReportKey = Encoding.UTF8.GetBytes(LaneTopics.ReportKey);
    private static readonly byte[] BeatKey = Encoding.UTF8.GetBytes(LaneTopics.BeatKey);

    /// <summary>The district that evaluates what belongs to one: itself, or in the city lane the city.</summary>
    private string HomeOf(string district) => _options.IsCity ? _options.CityCode : district;

    /// <summary>What is forwarded was counted by the lane that read it; only what belongs to the city itself is accepted here.</summary>
    private void Accept(string district)
    {
        if (!_options.IsCity || district == _options.CityCode)
            Draft.Accept(district);
    }

    /// <summary>The copy of an event for the city lane; null where no rule of the city may care.</summary>
    private Output? ForCity(in InputRecord record, IDecodedEvent decoded)
    {
        if (_rules.FindForCity is not { } find)
            return null;
        RuleBucket bucket = find(decoded.Type, decoded.District);
        return bucket.IsEmpty || !decoded.Concerns(bucket) ? null : ToCity(_decoder.Forward(record, LaneTopics.City, LaneTopics.EventKey));
    }

    private static Output ToCity(Output output) => output with { Kind = OutputKind.City };

    /// <summary>A command that is another lane's: it goes there, and where this lane brings the city's to its districts, to each of them.</summary>
    private void SendOn(InputProgress input, in InputRecord record, in CommandReading reading)
    {
        Forward(input, record, reading.District);
        if (reading.Command is not { } command || !IsOfCity(reading.District) || !(CityCommands.IsForAll(command) || CityCommands.IsForOwner(command)))
            return;
        foreach (string district in _options.CityDistricts)
            Hand(input, district, CityCommands.Copy(command is OrderCommand order ? order with { IsForOwner = true } : command, district));
    }

    /// <summary>Takes a record that a lane sent to the city's.</summary>
    private void Hear(InputProgress input, in InputRecord record)
    {
        if (record.Key.Span.SequenceEqual(CommandKey) || record.Key.Span.SequenceEqual(ReportKey))
            Obey(input, record);
        else if (!record.Key.Span.SequenceEqual(BeatKey))
            Screen(input, record);
        if (SenderMarks.Read(record.Headers) is { } sender)
            Hear(input, sender);
    }

    /// <summary>After the record itself: what it brings belongs before the watermark that it carries.</summary>
    private void Hear(InputProgress input, (int Lane, long WatermarkTicks) sender)
    {
        input.Senders.Note(sender.Lane, sender.WatermarkTicks, NowTicks);
        RaiseFront();
    }
}
