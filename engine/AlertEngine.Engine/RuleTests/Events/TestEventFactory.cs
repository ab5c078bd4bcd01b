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
/// <param name="Bucket">The rules of districts that may care, as a lane finds them: none where no rule's first comparison holds.</param>
/// <param name="CityBucket">The rules of the city that may care, likewise.</param>
internal sealed record ArrivingEvent(Duration Arrives, EventRecord Event, RuleBucket Bucket, RuleBucket CityBucket);

/// <summary>
/// Makes the events of tests through the production decoder, so that types, paths, ranges of numbers and the resolution of districts are those
/// of real events. Two things are let through that a real event may not lack: a device and a district, so that a rule can be tested alone.
/// </summary>
internal sealed class TestEventFactory(ProbedRules probed, DistrictOutlines? outlines)
{
    private const string NoDevice = "-";

    private readonly EventDecoder _decoder = new(probed.Rules, new DistrictResolver(probed.Rules, outlines), new IngestOptions());
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
        ArrivingEvent made = Keep(written.Arrives);
        made.Event.Slots[EventSlots.Device] = CelValue.Of(written.Device);
        return (made, null);
    }

    /// <summary>The event of an alert that opened, for rules of the city; null where no rule takes alerts.</summary>
    public ArrivingEvent? Make(Alert alert, long atTicks)
    {
        if (!probed.Rules.Layouts.ContainsKey(AlertEvent.Type))
            return null;
        Rejection? rejection = _decoder.Decode(AlertEventDocument.Write(alert, atTicks, null).Span, TimeBounds.None);
        return rejection is null || rejection.Code == RejectionCodes.Unresolved ? Keep(Duration.Zero) : null;
    }

    private ArrivingEvent Keep(Duration arrives) => new(arrives, _decoder.Event.Keep(), BucketOf(probed.Index), BucketOf(probed.CityIndex));

    private RuleBucket BucketOf(RuleIndex index)
    {
        RuleBucket bucket = index.Find(_decoder.Event.Type, _decoder.Event.District);
        return _decoder.Event.Concerns(bucket) ? bucket : RuleBucket.Empty;
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
            _dataByType[type] = data = new TestData(probed.Rules.Layouts.GetValueOrDefault(type));
        return data;
    }
}
