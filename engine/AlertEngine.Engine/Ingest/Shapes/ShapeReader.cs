using System.IO.Hashing;
using AlertEngine.Engine.Ingest.Json;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Engine.Ingest.Shapes;

/// <summary>
/// Reads an event whose shape is known, walking the tree of shapes along its bytes, which are valid UTF-8. It judges nothing: whatever is not
/// plainly good makes it answer null, and the plain decoder begins anew and finds the words for it. Bytes between values that equal those of
/// an accepted event need no parsing, no look-up of names and no search for duplicates. A differential test holds both ways to one opinion.
/// </summary>
internal ref struct ShapeReader(ReadOnlySpan<byte> json, DecodedEvent target, TypePlans plans, int maxAttributeBytes)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly DecodedEvent _target = target;
    private TypePlan? _plan;
    private int _dataFrom;
    private int _dataUntil;
    private JsonNumber _number;
    private bool _hasPoint;
    private double _longitude;
    private double _latitude;

    /// <summary>Reads the event into <paramref name="attributes"/> and the target; the plan of its type, or null where the shape is not known.</summary>
    internal TypePlan? Read(ShapeEdge? first, ref EventAttributes attributes)
    {
        int at = 0;
        ShapeEdge? edge = first;
        while (edge is not null)
        {
            int from = at + edge.Literal.Length;
            int until = _json[at..].StartsWith(edge.Literal) ? EndOfValue(edge.Kind, from) : -1;
            if (until < 0)
            {
                edge = edge.Sibling;
                continue;
            }

            MarkData(edge.Step, at);
            if (edge.Kind == ValueKind.End)
                return Finish(edge, ref attributes) ? _plan : null;
            if (!Take(edge, _json[from..until], ref attributes))
                return null;
            at = until;
            edge = edge.FirstNext;
        }

        return null;
    }

    private int EndOfValue(ValueKind kind, int from)
    {
        switch (kind)
        {
            case ValueKind.Text:
                int quote = JsonTexts.FindSpecial(_json, from);
                return quote < _json.Length && _json[quote] == '"' ? quote : -1;
            case ValueKind.Number:
                if (from >= _json.Length)
                    return -1;
                _number = JsonNumber.Scan(_json[from..]);
                return _number.Length > 0 && _number.IsFinite ? from + _number.Length : -1;
            case ValueKind.Bool:
                return _json[from..].StartsWith("true"u8) ? from + 4 : _json[from..].StartsWith("false"u8) ? from + 5 : -1;
            default:
                return from == _json.Length ? from : -1;
        }
    }

    private void MarkData(ShapeStep step, int at)
    {
        if (step.DataFrom >= 0)
            _dataFrom = at + step.DataFrom;
        if (step.DataUntil >= 0)
            _dataUntil = at + step.DataUntil;
    }

    private bool Take(ShapeEdge edge, ReadOnlySpan<byte> value, ref EventAttributes attributes)
    {
        switch (edge.Role)
        {
            case ValueRole.Attribute:
                return TakeAttribute(edge.Step.Attribute, value, ref attributes);
            case ValueRole.Field:
                return _plan?.MeaningOf(edge.Number) is { } node && TakeField(edge.Kind, node, value);
            case ValueRole.Longitude:
                _longitude = _number.ToDouble();
                return true;
            case ValueRole.Latitude:
                _latitude = _number.ToDouble();
                _hasPoint = true;
                return true;
            case ValueRole.LocationStreet:
                _target.LocationStreet = plans.Texts.Get(value);
                return !value.IsEmpty;
            case ValueRole.Status:
                return DataReader.TryStatus(value, out EventStatus status) && SetStatus(status);
            default:
                return true;
        }
    }

    private bool TakeAttribute(AttributeName name, ReadOnlySpan<byte> value, ref EventAttributes attributes)
    {
        if (value.IsEmpty || value.Length > maxAttributeBytes)
            return false;
        attributes.Set(name, value);
        if (name == AttributeName.Type)
            _plan = plans.Use(value, _target);
        return _plan is null || _plan.IsPredictable;
    }

    private readonly bool TakeField(ValueKind kind, FieldNode node, ReadOnlySpan<byte> value) => kind switch
    {
        ValueKind.Number => FieldValues.TrySet(node, _number, _target),
        ValueKind.Bool => FieldValues.TrySet(node, value[0] == 't', _target),
        _ => FieldValues.TrySet(node, value, plans.Texts, _target),
    };

    private readonly bool SetStatus(EventStatus status)
    {
        _target.Status = status;
        return true;
    }

    private readonly bool Finish(ShapeEdge end, ref EventAttributes attributes)
    {
        if (_plan?.MeaningOf(end.Number) is null || (_hasPoint && !LocationReader.IsOnEarth(_longitude, _latitude)))
            return false;
        if (_hasPoint)
            _target.Location = new EventLocation(true, _longitude, _latitude, end.Step.IsGcj02);
        // An event that was accepted had the only known version, and it stands in the shape's own bytes.
        attributes.SpecVersion = "1.0"u8;
        if (_dataUntil > 0)
            _target.PayloadHash = XxHash3.HashToUInt64(_json[_dataFrom.._dataUntil]);
        return true;
    }
}
