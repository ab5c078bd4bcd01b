using AlertEngine.Engine.Ingest.Json;

namespace AlertEngine.Engine.Ingest.Shapes;

/// <summary>A step of a shape and what its value means for the type of the event it was recorded from.</summary>
internal readonly record struct RecordedStep(ShapeStep Step, FieldNode Meaning);

/// <summary>
/// Takes an accepted event apart into the bytes between its values and the values. What is rare is not recorded: escapes, data before its
/// type, binary data, times and durations among the fields. Not thread-safe.
/// </summary>
internal sealed class ShapeRecorder(int maxDepth)
{
    private readonly MemberNames _names = new();
    private byte[] _value = [];
    private int _literalFrom;
    private int _dataFrom;
    private int _dataUntil;
    private bool _isGcj02;
    private bool _hasType;
    private bool _isInData;
    private bool _isRecordable;

    internal List<RecordedStep> Steps { get; } = [];

    /// <summary>Records the shape into <see cref="Steps"/>; false where it has something that shapes do not know.</summary>
    internal bool Record(ReadOnlySpan<byte> value, TypePlan plan)
    {
        Steps.Clear();
        _value = value.ToArray();
        (_literalFrom, _dataFrom, _dataUntil) = (0, -1, -1);
        (_isGcj02, _hasType, _isInData, _isRecordable) = (false, false, false, true);
        var json = new JsonScanner(_value, _names, maxDepth);
        json.EnterObject(out OpenObject opened);
        while (_isRecordable && json.NextMember(ref opened, out JsonText name, out _))
            RecordMember(ref json, name, plan);
        Add(ValueKind.End, ValueRole.Field, _value.Length, FieldNode.Unread);
        return _isRecordable && json.Fault == JsonFault.None;
    }

    private void RecordMember(ref JsonScanner json, in JsonText name, TypePlan plan)
    {
        AttributeName attribute = EventAttributes.Identify(name.Raw);
        if (name.HasEscapes || attribute == AttributeName.DataBase64 || (attribute == AttributeName.Data && !_hasType))
            _isRecordable = false;
        else if (attribute == AttributeName.Data)
            RecordData(ref json, plan);
        else if (attribute is AttributeName.Unknown)
            RecordValue(ref json, null);
        else
            RecordAttribute(ref json, attribute);
    }

    private void RecordAttribute(ref JsonScanner json, AttributeName attribute)
    {
        _hasType |= attribute == AttributeName.Type;
        if (json.Peek() == 'n' || attribute == AttributeName.SpecVersion)
            json.SkipValue();
        else
            RecordText(ref json, ValueRole.Attribute, attribute, FieldNode.Unread);
    }

    private void RecordData(ref JsonScanner json, TypePlan plan)
    {
        json.Peek();
        _dataFrom = json.Position;
        _isInData = true;
        RecordValue(ref json, plan.Fields);
        _isInData = false;
        _dataUntil = json.Position;
    }

    private void RecordValue(ref JsonScanner json, FieldNode? node)
    {
        _isRecordable &= node?.Kind is not (FieldKind.Timestamp or FieldKind.Duration);
        if (!_isRecordable)
            return;
        ValueRole role = _isInData ? ValueRole.Field : ValueRole.Ignored;
        switch (json.Peek())
        {
            case (byte)'{': RecordObject(ref json, node); break;
            case (byte)'[': RecordArray(ref json, node); break;
            case (byte)'n': json.ReadNull(); break;
            case (byte)'"': RecordText(ref json, role, AttributeName.Unknown, node ?? FieldNode.Unread); break;
            case (byte)'t' or (byte)'f':
                Add(ValueKind.Bool, role, json.Position, node ?? FieldNode.Unread);
                json.ReadBool(out _);
                _literalFrom = json.Position;
                break;
            default: RecordNumber(ref json, role, node ?? FieldNode.Unread); break;
        }
    }

    private void RecordObject(ref JsonScanner json, FieldNode? node)
    {
        json.EnterObject(out OpenObject opened);
        while (_isRecordable && json.NextMember(ref opened, out JsonText name, out ulong key))
        {
            FieldNode? child = node?.Find(key, name);
            if (child?.Role == FieldRole.Location)
                RecordLocation(ref json);
            else if (child?.Role == FieldRole.Status && json.Peek() == '"')
                RecordText(ref json, ValueRole.Status, AttributeName.Unknown, FieldNode.Unread);
            else
                RecordValue(ref json, child);
        }
    }

    private void RecordArray(ref JsonScanner json, FieldNode? node)
    {
        json.EnterArray();
        bool hasElements = false;
        for (int number = 0; _isRecordable && json.NextElement(ref hasElements); number++)
            RecordValue(ref json, node?.FindElement(number));
    }

    private void RecordLocation(ref JsonScanner json)
    {
        if (json.Peek() != '{')
        {
            json.SkipValue();
            return;
        }

        json.EnterObject(out OpenObject opened);
        while (_isRecordable && json.NextMember(ref opened, out JsonText name, out _))
        {
            if (name.Raw.SequenceEqual("coordinates"u8))
                RecordCoordinates(ref json);
            else if (name.Raw.SequenceEqual("type"u8))
                json.SkipValue();
            else if (name.Raw.SequenceEqual("crs"u8))
                RecordCrs(ref json);
            else if (name.Raw.SequenceEqual("street"u8) && json.Peek() == '"')
                RecordText(ref json, ValueRole.LocationStreet, AttributeName.Unknown, FieldNode.Unread);
            else
                RecordValue(ref json, null);
        }
    }

    // Type and crs decide what the coordinates are: they belong to the shape, like names.
    private void RecordCrs(ref JsonScanner json)
    {
        json.ReadText(out JsonText crs);
        _isGcj02 = System.Text.Ascii.EqualsIgnoreCase(crs.Raw, "gcj02"u8);
    }

    private void RecordCoordinates(ref JsonScanner json)
    {
        json.EnterArray();
        bool hasElements = false;
        for (int number = 0; json.NextElement(ref hasElements); number++)
            RecordNumber(ref json, number switch { 0 => ValueRole.Longitude, 1 => ValueRole.Latitude, _ => ValueRole.Field }, FieldNode.Unread);
    }

    private void RecordText(ref JsonScanner json, ValueRole role, AttributeName attribute, FieldNode meaning)
    {
        json.Peek();
        int from = json.Position + 1;
        json.ReadText(out JsonText text);
        _isRecordable &= !text.HasEscapes;
        Add(ValueKind.Text, role, from, meaning, attribute);
        _literalFrom = json.Position - 1;
    }

    private void RecordNumber(ref JsonScanner json, ValueRole role, FieldNode meaning)
    {
        json.Peek();
        Add(ValueKind.Number, role, json.Position, meaning);
        json.ReadNumber(out _);
        _literalFrom = json.Position;
    }

    private void Add(ValueKind kind, ValueRole role, int until, FieldNode meaning, AttributeName attribute = AttributeName.Unknown)
    {
        bool isGcj02 = kind == ValueKind.End && _isGcj02;
        Steps.Add(new(new ShapeStep(_value[_literalFrom..until], kind, role, attribute, Place(ref _dataFrom, until), Place(ref _dataUntil, until), isGcj02), meaning));
    }

    // A place belongs to the first literal that reaches it; the end of data may be the very end of a literal.
    private int Place(ref int at, int until)
    {
        if (at < 0 || at > until)
            return -1;
        int place = at - _literalFrom;
        at = -1;
        return place;
    }
}
