namespace AlertEngine.Engine.Ingest.Json;

/// <summary>Why bytes are not one JSON value by RFC 8259, or not one that is admitted.</summary>
internal enum JsonFault
{
    None = 0,
    EndsEarly,
    UnexpectedByte,
    ControlCharacter,
    BadEscape,
    UnpairedSurrogate,
    BadNumber,
    NumberNotFinite,
    BadLiteral,
    TooDeep,
    DuplicateMember,
    TrailingBytes,
}

/// <summary>The rejection of a fault: its code, and a sentence that tells where it is.</summary>
internal static class JsonFaults
{
    internal static Rejection Describe(JsonFault fault, int atByte, int maxDepth) => fault switch
    {
        JsonFault.TooDeep => new(RejectionCodes.TooDeep, $"the JSON is nested deeper than {maxDepth} levels at byte {atByte}"),
        JsonFault.DuplicateMember => new(RejectionCodes.DuplicateMember, $"a member occurs twice in one object: its second name ends at byte {atByte}"),
        JsonFault.NumberNotFinite => new(RejectionCodes.InvalidField, $"the number that ends at byte {atByte} is beyond a double"),
        _ => new(RejectionCodes.InvalidJson, $"{Sentence(fault)} at byte {atByte}"),
    };

    private static string Sentence(JsonFault fault) => fault switch
    {
        JsonFault.EndsEarly => "the JSON ends early",
        JsonFault.ControlCharacter => "a control character stands unescaped in a string",
        JsonFault.BadEscape => "a string has an escape that JSON does not know",
        JsonFault.UnpairedSurrogate => "a string has half of a surrogate pair",
        JsonFault.BadNumber => "a number is malformed",
        JsonFault.BadLiteral => "a word is neither true, false nor null",
        JsonFault.TrailingBytes => "something follows the JSON value",
        _ => "an unexpected byte",
    };
}
