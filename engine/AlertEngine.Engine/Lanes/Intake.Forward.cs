using AlertEngine.Engine.Ingest;
using AlertEngine.Engine.Ports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Lanes;

/// <content>What belongs to another lane: it is sent on as an output like any other, and only its destination remembers and claims it.</content>
internal sealed partial class Intake
{
    /// <summary>Districts are few; without a city file a stranger could name any number.</summary>
    private const int RememberedDistricts = 10_000;

    private readonly Dictionary<string, bool> _isOurs = new(StringComparer.Ordinal);
    private string? _lastDistrict;
    private bool _isLastOurs;

    /// <summary>Asked of every event: the district of the one before it is most often its own, and texts are interned.</summary>
    private bool IsOurs(string district)
    {
        if (_options.LaneOf is null)
            return true;
        if (ReferenceEquals(district, _lastDistrict))
            return _isLastOurs;
        if (!_isOurs.TryGetValue(district, out bool isOurs))
        {
            if (_isOurs.Count >= RememberedDistricts)
                _isOurs.Clear();
            _isOurs[district] = isOurs = _options.LaneOf(district) == _options.Lane;
        }

        (_lastDistrict, _isLastOurs) = (district, isOurs);
        return isOurs;
    }

    /// <summary>Sends an event to the lane of its district; one that was sent here for it is not sent in a circle.</summary>
    private void Forward(InputProgress input, in InputRecord record, Coordinate at)
    {
        IDecodedEvent decoded = _decoder.Event;
        if (input.Description.Kind == InputKind.Lanes)
        {
            Reject(record, Misrouted(decoded.District));
            return;
        }

        var screened = new ScreenedEvent(at, decoded.District, decoded.TimeTicks, RuleBucket.Empty, null)
        {
            Forwarded = IsOfCity(decoded.District)
                ? ToCity(_decoder.Forward(record, LaneTopics.City, LaneTopics.EventKey))
                : _decoder.Forward(record, LaneTopics.Rekeyed, decoded.District),
        };
        if (_options.AsksDedup)
            _screened.Add(new AskedEvent(record, default, screened));
        else
            Place(screened);
    }

    /// <summary>Sends a command to the lane of its district, through the topic that it came from.</summary>
    private void Forward(InputProgress input, in InputRecord record, string district)
    {
        if (SenderMarks.Read(record.Headers) is not null)
            Reject(record, Misrouted(district));
        else if (IsOfCity(district))
            Send(ToCity(_decoder.Forward(record, LaneTopics.City, LaneTopics.CommandKey)));
        else
            Send(_decoder.Forward(record, input.Description.Topic, district));
    }

    private void Send(Output output)
    {
        Draft.Tally.Rekeyed++;
        Draft.Outputs.Add(output with { Transit = new OutputTransit(FrontTicks, output.Transit?.Redrive ?? 0) });
    }

    private bool IsOfCity(string district) => _options.CityCode.Length != 0 && district == _options.CityCode;

    private Rejection Misrouted(string district) => new(
        RejectionCodes.Misrouted, $"district '{district}' belongs to lane {_options.LaneOf!(district)}; the record was sent to lane {_options.Lane} for it");
}
