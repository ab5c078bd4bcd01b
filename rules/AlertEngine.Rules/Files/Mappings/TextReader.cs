using System.Collections.Immutable;
using System.Text;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Mappings;

/// <summary>Reads texts with expressions in braces: <c>'{row.station}/{row.at}'</c>. A brace itself is doubled.</summary>
internal static class TextReader
{
    /// <summary>The text; null where it is malformed, which is reported.</summary>
    public static TextPlan? Read(MappingReading reading, YamlScalar scalar)
    {
        string text = scalar.Value;
        ImmutableArray<TextPart>.Builder parts = ImmutableArray.CreateBuilder<TextPart>();
        StringBuilder literal = new();
        for (int at = 0; at < text.Length; at++)
        {
            bool isBrace = text[at] is '{' or '}';
            if (!isBrace || (at + 1 < text.Length && text[at + 1] == text[at]))
            {
                literal.Append(text[at]);
                at += isBrace ? 1 : 0;
                continue;
            }

            int end = text[at] == '{' ? text.IndexOf('}', at) : -1;
            if (end < 0)
                return Refuse(reading, scalar, text[at] == '{' ? "a brace is not closed" : "a brace is closed that was not opened");
            AddLiteral(parts, literal);
            if (reading.CompileValue(scalar, at + 1, end - at - 1) is not { } value)
                return null;
            parts.Add(new TextPart(null, value));
            at = end;
        }

        AddLiteral(parts, literal);
        return new TextPlan(parts.DrainToImmutable());
    }

    private static void AddLiteral(ImmutableArray<TextPart>.Builder parts, StringBuilder literal)
    {
        if (literal.Length > 0)
            parts.Add(new TextPart(literal.ToString(), null));
        literal.Clear();
    }

    private static TextPlan? Refuse(MappingReading reading, YamlScalar scalar, string messageEn)
    {
        reading.Report(FileCodes.BadTemplate, scalar, messageEn);
        return null;
    }
}
