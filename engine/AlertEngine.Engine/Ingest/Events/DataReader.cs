using AlertEngine.Engine.Ingest.Json;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Engine.Ingest;

/// <summary>
/// Reads <c>data</c> into the slots of its type's layout, in the one pass that validates it. A field that no expression reads is checked and left out. A method that answers false has left a
/// rejection, or the scanner has a fault. Not thread-safe.
/// </summary>
internal sealed class DataReader(TextIntern texts, MemberNames rereadNames, int maxDepth)
{
    private DecodedEvent _target = null!;

    /// <summary>Why the data was refused, where it was.</summary>
    internal Rejection? Rejection { get; private set; }

    internal bool Read(ref JsonScanner json, FieldNode root, DecodedEvent target)
    {
        Rejection = null;
        _target = target;
        if (json.Peek() == '{')
            return ReadObject(ref json, root);
        if (json.Peek() == 'n' || target.Layout.Fields.IsEmpty)
            return json.SkipValue();
        return json.SkipValue() && Refuse(new(RejectionCodes.InvalidField, $"data is no object, but {target.Type} declares fields"));
    }

    private bool ReadObject(ref JsonScanner json, FieldNode node)
    {
        if (!json.EnterObject(out OpenObject opened))
            return false;
        while (json.NextMember(ref opened, out JsonText name, out ulong key))
        {
            FieldNode? child = node.Find(key, name);
            if (!(child is null ? json.SkipValue() : ReadMember(ref json, child)))
                return false;
        }

        return json.Fault == JsonFault.None;
    }

    private bool ReadArray(ref JsonScanner json, FieldNode node)
    {
        if (!json.EnterArray())
            return false;
        bool hasElements = false;
        for (int number = 0; json.NextElement(ref hasElements); number++)
        {
            FieldNode? child = node.FindElement(number);
            if (!(child is null ? json.SkipValue() : ReadField(ref json, child)))
                return false;
        }

        return json.Fault == JsonFault.None;
    }

    private bool ReadMember(ref JsonScanner json, FieldNode node) => node.Role switch
    {
        FieldRole.Location => ReadLocation(ref json, node),
        FieldRole.Status => ReadStatus(ref json, node),
        _ => ReadField(ref json, node),
    };

    private bool ReadLocation(ref JsonScanner json, FieldNode node)
    {
        json.Peek();
        int from = json.Position;
        Rejection = LocationReader.Read(ref json, texts, out EventLocation location, out string street);
        if (Rejection is not null || json.Fault != JsonFault.None)
            return false;
        _target.Location = location;
        _target.LocationStreet = street;
        return !node.IsRead || Reread(json.Since(from), node);
    }

    private bool ReadStatus(ref JsonScanner json, FieldNode node)
    {
        json.Peek();
        int from = json.Position;
        if (json.Peek() == 'n')
            return json.ReadNull();
        if (json.Peek() != '"')
            return json.SkipValue() && RefuseStatus();
        if (!json.ReadText(out JsonText status))
            return false;
        if (!TryStatus(status.Raw, out EventStatus known))
            return RefuseStatus();
        _target.Status = known;
        return !node.IsRead || Reread(json.Since(from), node);
    }

    /// <summary>A member that every event may have and that the type declares as well is rare: its bytes are read a second time.</summary>
    private bool Reread(ReadOnlySpan<byte> value, FieldNode node)
    {
        var json = new JsonScanner(value, rereadNames, maxDepth);
        return ReadField(ref json, node);
    }

    private bool ReadField(ref JsonScanner json, FieldNode node)
    {
        byte next = json.Peek();
        if (node.Field is not { } field)
        {
            return next == '{' ? ReadObject(ref json, node)
                : next == '[' ? ReadArray(ref json, node)
                : json.SkipValue();
        }

        if (next == 'n')
            return json.ReadNull();
        return node.Kind switch
        {
            FieldKind.Double or FieldKind.Int or FieldKind.Uint => ReadNumber(ref json, next, node, field),
            FieldKind.Bool => next is (byte)'t' or (byte)'f' ? json.ReadBool(out bool value) && FieldValues.TrySet(node, value, _target) : WrongType(ref json, field),
            _ => next == '"' ? ReadText(ref json, node, field) : WrongType(ref json, field),
        };
    }

    private bool ReadNumber(ref JsonScanner json, byte next, FieldNode node, EventField field)
    {
        if (next is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
            return WrongType(ref json, field);
        return json.ReadNumber(out JsonNumber number)
            && (FieldValues.TrySet(node, number, _target) || Refuse(new(RejectionCodes.InvalidField, $"{PathOf(field)} of {_target.Type} is a number that is no {field.Field.Type}")));
    }

    private bool ReadText(ref JsonScanner json, FieldNode node, EventField field)
    {
        if (!json.ReadText(out JsonText text))
            return false;
        return node.Kind switch
        {
            FieldKind.Timestamp => ReadTimestamp(text, node, field),
            FieldKind.Duration => ReadDuration(text, node, field),
            _ => !field.IsRead || FieldValues.Set(node, CelValue.Of(TextOf(text)), _target),
        };
    }

    private bool ReadTimestamp(in JsonText text, FieldNode node, EventField field) =>
        Rfc3339.Read(text.Raw, out long ticks) == Rfc3339Answer.Valid
            ? FieldValues.Set(node, CelValue.Of(Instant.FromUnixTimeTicks(ticks)), _target)
            : Refuse(new(RejectionCodes.InvalidField, $"{PathOf(field)} of {_target.Type} is not an RFC 3339 time with an offset"));

    /// <summary>Durations are written as rule files write them: 10m, 1h5m, 250ms.</summary>
    private bool ReadDuration(in JsonText text, FieldNode node, EventField field) =>
        DurationText.Parse(TextOf(text)) is { } duration
            ? FieldValues.Set(node, CelValue.Of(duration), _target)
            : Refuse(new(RejectionCodes.InvalidField, $"{PathOf(field)} of {_target.Type} is not a duration such as 10m"));

    private string TextOf(in JsonText text) => text.HasEscapes ? JsonEscapes.ToText(text.Raw) : texts.Get(text.Raw);

    private bool WrongType(ref JsonScanner json, EventField field)
    {
        string met = json.Peek() switch
        {
            (byte)'"' => "a text",
            (byte)'{' => "an object",
            (byte)'[' => "an array",
            (byte)'t' or (byte)'f' => "a bool",
            _ => "a number",
        };
        return json.SkipValue() && Refuse(new(RejectionCodes.InvalidField, $"{PathOf(field)} of {_target.Type} is {met}, but {field.Field.Type} is declared"));
    }

    private bool RefuseStatus() => Refuse(new(RejectionCodes.InvalidField, "data.status is none of actual, exercise, test"));

    private bool Refuse(Rejection rejection)
    {
        Rejection = rejection;
        return false;
    }

    private static string PathOf(EventField field) => "data." + string.Join('.', field.Path);

    /// <summary>CAP writes its words with a capital, the contract without: both are known, nothing else is, for a drill must not pass for an emergency.</summary>
    internal static bool TryStatus(ReadOnlySpan<byte> text, out EventStatus status)
    {
        status = System.Text.Ascii.EqualsIgnoreCase(text, "exercise"u8) ? EventStatus.Exercise
            : System.Text.Ascii.EqualsIgnoreCase(text, "test"u8) ? EventStatus.Test
            : EventStatus.Actual;
        return status != EventStatus.Actual || System.Text.Ascii.EqualsIgnoreCase(text, "actual"u8);
    }
}
