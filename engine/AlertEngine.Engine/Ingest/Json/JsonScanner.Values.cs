namespace AlertEngine.Engine.Ingest.Json;

internal ref partial struct JsonScanner
{
    /// <summary>Validates a value that nobody reads. Recursion is bounded by the depth limit.</summary>
    internal bool SkipValue()
    {
        switch (Peek())
        {
            case (byte)'"':
                return ReadText(out _);
            case (byte)'{':
                return SkipObject();
            case (byte)'[':
                return SkipArray();
            case (byte)'t' or (byte)'f':
                return ReadBool(out _);
            case (byte)'n':
                return ReadNull();
            default:
                return ReadNumber(out _);
        }
    }

    internal bool ReadBool(out bool value)
    {
        value = Peek() == 't';
        return value ? ReadWord("true"u8) : ReadWord("false"u8);
    }

    internal bool ReadNull() => ReadWord("null"u8);

    /// <summary>Reads a number by JSON's grammar; one that no double can hold is a fault, also where nobody asks for it.</summary>
    internal bool ReadNumber(out JsonNumber number)
    {
        Peek();
        number = default;
        if (Position >= _json.Length)
            return Fail(JsonFault.EndsEarly);
        if (_json[Position] is not ((byte)'-' or (>= (byte)'0' and <= (byte)'9')))
            return Fail(JsonFault.UnexpectedByte);
        number = JsonNumber.Scan(_json[Position..]);
        if (number.Length == 0)
            return Fail(JsonFault.BadNumber);
        Position += number.Length;
        return number.IsFinite || Fail(JsonFault.NumberNotFinite);
    }

    private bool SkipObject()
    {
        if (!EnterObject(out OpenObject opened))
            return false;
        while (NextMember(ref opened, out _, out _))
        {
            if (!SkipValue())
                return false;
        }

        return Fault == JsonFault.None;
    }

    private bool SkipArray()
    {
        if (!EnterArray())
            return false;
        bool hasElements = false;
        while (NextElement(ref hasElements))
        {
            if (!SkipValue())
                return false;
        }

        return Fault == JsonFault.None;
    }

    private bool ReadWord(ReadOnlySpan<byte> word)
    {
        if (!_json[Position..].StartsWith(word))
            return Fail(JsonFault.BadLiteral);
        Position += word.Length;
        return true;
    }
}
