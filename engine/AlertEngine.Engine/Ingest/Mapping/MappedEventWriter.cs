using System.Buffers;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Mappings;
using NodaTime.Text;

namespace AlertEngine.Engine.Ingest;

/// <summary>Writes the event that a row becomes, members always in the same order. Not thread-safe.</summary>
internal sealed class MappedEventWriter
{
    /// <summary>Between the parts of an observation: no source has it in a name.</summary>
    private const char PartSeparator = '\u001F';

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly (string Name, MappedText Text)[] _attributes;
    private readonly bool _hasId;
    private readonly MappedValue _time;
    private readonly MappedValue? _expires;
    private readonly MappedValue[] _observation;
    private readonly (ImmutableArray<string> Path, MappedValue Value)[] _data;
    private readonly MappedText? _status;
    private readonly (MappedValue Longitude, MappedValue Latitude, bool IsGcj02)? _location;

    internal MappedEventWriter(MappingPlan plan)
    {
        _attributes = [.. plan.Attributes.Select(attribute => (attribute.Name, new MappedText(attribute.Text)))];
        _hasId = plan.Attributes.Any(attribute => attribute.Name == "id");
        _time = new MappedValue(plan.Time);
        _expires = plan.Expires is { } expires ? new MappedValue(expires) : null;
        _observation = [.. plan.Observation.Select(part => new MappedValue(part))];
        _data = [.. plan.Data.Select(member => (member.Path, new MappedValue(member.Value)))];
        _status = plan.Status is { } status ? new MappedText(status) : null;
        _location = plan.Location is { } at ? (new MappedValue(at.Longitude), new MappedValue(at.Latitude), at.IsGcj02) : null;
    }

    internal MappedRow Write(CelFrame frame, ReadOnlySpan<byte> row)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        Rejection? rejection;
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            if (!_hasId)
                json.WriteString("id", XxHash128.HashToUInt128(row).ToString("x32"));
            rejection = WriteAttributes(json, frame);
            json.WriteStartObject("data");
            rejection ??= WriteData(json, frame);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return rejection is null ? new MappedRow(buffer.WrittenMemory, null) : new MappedRow(default, rejection);
    }

    private Rejection? WriteAttributes(Utf8JsonWriter json, CelFrame frame)
    {
        foreach ((string name, MappedText text) in _attributes)
        {
            if (text.Of(frame) is { Length: > 0 } value)
                json.WriteString(name, value);
        }

        if (_time.Of(frame).AsInstant is { } time)
            json.WriteString("time", InstantPattern.ExtendedIso.Format(time));
        if (_expires?.Of(frame).AsInstant is { } expires)
            json.WriteString("expirytime", InstantPattern.ExtendedIso.Format(expires));
        if (_observation.Length == 0)
            return null;
        string?[] parts = [.. _observation.Select(part => MappedValue.TextOf(part.Of(frame)))];
        if (parts.Contains(null))
            return new(RejectionCodes.MappingFailed, "a part of the observation's identity is missing");
        json.WriteString("observationkey", string.Join(PartSeparator, parts));
        return null;
    }

    private Rejection? WriteData(Utf8JsonWriter json, CelFrame frame)
    {
        if (WriteMembers(json, frame, _data, 0) is { } rejection)
            return rejection;

        if (_status?.Of(frame) is { } status)
            json.WriteString("status", status);
        if (_location is { } at && at.Longitude.Of(frame) is { IsDouble: true } longitude && at.Latitude.Of(frame) is { IsDouble: true } latitude)
            WriteLocation(json, longitude.AsDouble, latitude.AsDouble, at.IsGcj02);
        return null;
    }

    /// <summary>Members that lie in the same object stand next to each other, so each object is opened once.</summary>
    private static Rejection? WriteMembers(Utf8JsonWriter json, CelFrame frame, ReadOnlySpan<(ImmutableArray<string> Path, MappedValue Value)> members, int depth)
    {
        for (int i = 0; i < members.Length;)
        {
            (ImmutableArray<string> path, MappedValue value) = members[i];
            int until = i + 1;
            Rejection? rejection;
            if (path.Length == depth + 1)
            {
                rejection = WriteMember(json, path[depth], value.Of(frame));
            }
            else
            {
                while (until < members.Length && members[until].Path.Length > depth + 1 && members[until].Path[depth] == path[depth])
                    until++;
                json.WriteStartObject(path[depth]);
                rejection = WriteMembers(json, frame, members[i..until], depth + 1);
                json.WriteEndObject();
            }

            if (rejection is not null)
                return rejection;
            i = until;
        }

        return null;
    }

    private static Rejection? WriteMember(Utf8JsonWriter json, string name, CelValue value)
    {
        if (!value.IsPresent)
            return null;
        if (value.IsError)
            return new(RejectionCodes.MappingFailed, $"data.{name}: {value.AsError!.MessageEn}");
        if (value.IsDouble && !double.IsFinite(value.AsDouble))
            return new(RejectionCodes.MappingFailed, $"data.{name}: a number that is not finite");
        if (value.IsDouble)
            json.WriteNumber(name, value.AsDouble);
        else if (value.IsInt)
            json.WriteNumber(name, value.AsInt);
        else if (value.IsUint)
            json.WriteNumber(name, value.AsUint);
        else if (value.IsBool)
            json.WriteBoolean(name, value.AsBool);
        else if (MappedValue.TextOf(value) is { } text)
            json.WriteString(name, text);
        else
            return new(RejectionCodes.MappingFailed, $"data.{name}: a value that no event can hold");
        return null;
    }

    private static void WriteLocation(Utf8JsonWriter json, double longitude, double latitude, bool isGcj02)
    {
        json.WriteStartObject("location");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(longitude);
        json.WriteNumberValue(latitude);
        json.WriteEndArray();
        if (isGcj02)
            json.WriteString("crs", "gcj02");
        json.WriteEndObject();
    }
}
