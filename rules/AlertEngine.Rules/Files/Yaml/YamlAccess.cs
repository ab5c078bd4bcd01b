using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Matching;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Rules.Files.Yaml;

/// <summary>
/// Reads values out of checked nodes. What is absent or malformed reads as null: the shape checker has already said so.
/// </summary>
internal static class YamlAccess
{
    public static YamlScalar? Scalar(this YamlMapping mapping, string key) => mapping.Find(key) is YamlScalar { IsNull: false } scalar ? scalar : null;

    public static string? Text(this YamlMapping mapping, string key) => mapping.Scalar(key)?.Value;

    public static YamlMapping? Map(this YamlMapping mapping, string key) => mapping.Find(key) as YamlMapping;

    public static bool? Bool(this YamlMapping mapping, string key) => mapping.Scalar(key) is { } scalar ? CoreSchema.Bool(scalar) : null;

    public static long? Integer(this YamlMapping mapping, string key) => mapping.Scalar(key) is { } scalar ? CoreSchema.Integer(scalar) : null;

    public static double? Number(this YamlMapping mapping, string key) => mapping.Scalar(key) is { } scalar ? CoreSchema.Number(scalar) : null;

    public static Duration? Wait(this YamlMapping mapping, string key) => mapping.Text(key) is { } text ? DurationText.Parse(text) : null;

    public static LocalDate? Date(this YamlMapping mapping, string key) =>
        mapping.Text(key) is { } text && LocalDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    /// <summary>A text for people; where one language is missing it is the other's.</summary>
    public static LocalText? Local(this YamlMapping mapping, string key) => mapping.Find(key) switch
    {
        YamlScalar { IsNull: false } both => LocalText.Both(both.Value),
        YamlMapping parts when (parts.LocalPart("zh") ?? parts.LocalPart("en")) is { } some =>
            new LocalText((parts.LocalPart("zh") ?? some).Value, (parts.LocalPart("en") ?? some).Value),
        _ => null,
    };

    /// <summary>
    /// One language of a text for people. In braces YAML takes an unquoted text apart at its commas; here nothing else can be meant, so the
    /// pieces, which read as keys without values, are put together again.
    /// </summary>
    public static YamlScalar? LocalPart(this YamlMapping parts, string language)
    {
        if (parts.Scalar(language) is not { } text)
            return null;
        foreach (YamlEntry piece in parts.Entries.SkipWhile(entry => entry.Key.Value != language).Skip(1).TakeWhile(entry => parts.IsLocalPiece(entry)))
            text = new YamlScalar($"{text.Value}, {piece.Key.Value}", YamlStyle.Plain, TextSpan.Between(text.Span.Start, piece.Key.Span.Until));
        return text;
    }

    /// <summary>Whether an entry is a piece of an unquoted text that stands before it.</summary>
    public static bool IsLocalPiece(this YamlMapping parts, YamlEntry entry) =>
        parts.IsFlow && entry.Value is YamlScalar { Value: "" } && entry.Key.Style == YamlStyle.Plain && entry.Key.Value is not ("zh" or "en") && entry != parts.Entries[0];

    /// <summary>The entries of a mapping under a key; none where there is no mapping.</summary>
    public static IEnumerable<YamlEntry> Entries(this YamlMapping mapping, string key) => mapping.Map(key)?.Entries ?? [];

    /// <summary>The items of a list under a key, or the single value that stands for a list of one.</summary>
    public static IEnumerable<YamlNode> Items(this YamlMapping mapping, string key) => mapping.Find(key) switch
    {
        YamlSequence sequence => sequence.Items,
        YamlScalar { IsNull: true } or null => [],
        { } single => [single],
    };

    public static IEnumerable<YamlScalar> Scalars(this YamlMapping mapping, string key) =>
        mapping.Items(key).OfType<YamlScalar>().Where(scalar => !scalar.IsNull);

    public static IEnumerable<YamlMapping> Maps(this YamlMapping mapping, string key) => mapping.Items(key).OfType<YamlMapping>();
}
