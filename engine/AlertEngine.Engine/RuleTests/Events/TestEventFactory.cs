using System.Buffers;
using System.Text.Json;
using AlertEngine.Engine.Alerts;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Tests;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.RuleTests;

/// <summary>An event of a test as its lane takes it.</summary>
/// <param name="Arrives">When it arrives, from the start of the test.</param>
/// <param name="Event">The event.</param>
/// <param name="Bucket">The rules that may care, as a lane finds them: none where no rule's first comparison holds.</param>
internal sealed record ArrivingEvent(Duration Arrives, EventRecord Event, RuleBucket Bucket);

/// <summary>
/// Makes the events of tests through the production decoder, so that types, paths, ranges of numbers and the resolution of districts are those
/// of real events. Two things are let through that a real event may not lack: a device and a district, so that a rule can be tested alone.
/// </summary>
internal sealed class TestEventFactory(RuleSet rules, RuleIndex index, DistrictOutlines? outlines)
{
    private const string NoDevice = "-";

    private readonly EventDecoder _decoder = new(rules, new DistrictResolver(rules, outlines), new IngestOptions());
    private readonly Dictionary<string, TestData> _dataByType = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);

    /// <summary>The event, or why a real one like it would be a dead letter.</summary>
    public (ArrivingEvent? Event, string? Fault) Make(TestEvent written, Instant start)
    {
        _buffer.ResetWrittenCount();
        Write(written, start);
        Rejection? rejection = _decoder.Decode(_buffer.WrittenSpan, TimeBounds.None);
        if (rejection is not null && rejection.Code != RejectionCodes.Unresolved)
            return (null, rejection.Message);

        // The district is looked up last: an event without one is complete otherwise.
        RuleBucket bucket = index.Find(_decoder.Event.Type, _decoder.Event.District);
        if (!_decoder.Event.Concerns(bucket))
            bucket = RuleBucket.Empty;
        EventRecord made = _decoder.Event.Keep();
        made.Slots[EventSlots.Device] = CelValue.Of(written.Device);
        return (new ArrivingEvent(written.Arrives, made, bucket), null);
    }

    private void Write(TestEvent written, Instant start)
    {
        using var json = new Utf8JsonWriter(_buffer);
        json.WriteStartObject();
        json.WriteString("specversion", "1.0");
        json.WriteString("id", written.Id);
        json.WriteString("source", written.Source);
        json.WriteString("type", written.Type);
        json.WriteString("subject", written.Device.Length == 0 ? NoDevice : written.Device);
        json.WriteString("time", Words.Time((start + written.At).ToUnixTimeTicks()));
        WriteIfGiven(json, "district", written.District);
        WriteIfGiven(json, "street", written.Street);
        WriteIfGiven(json, "grid", written.Grid);
        json.WritePropertyName("data");
        DataOf(written.Type).Write(json, written.Data, written.Geo, written.Status);
        json.WriteEndObject();
    }

    private static void WriteIfGiven(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length != 0)
            json.WriteString(name, value);
    }

    private TestData DataOf(string type)
    {
        if (!_dataByType.TryGetValue(type, out TestData? data))
            _dataByType[type] = data = new TestData(rules.Layouts.GetValueOrDefault(type));
        return data;
    }
}
