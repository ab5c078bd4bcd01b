using YamlDotNet.Core;

namespace AlertEngine.Rules.Files.Yaml;

/// <summary>Says in plain words what the YAML parser found wrong.</summary>
internal static class YamlFault
{
    private static readonly (string Part, string Plain)[] Known =
    [
        (" tab ", "a tab indents this line; YAML wants spaces"),
        ("found character that cannot start any token", "a character that cannot begin a value; quote it"),
        ("found invalid mapping", "a ': ' inside an unquoted value; quote the value"),
        ("mapping values are not allowed", "a ': ' where none may stand; quote the value or check the indentation"),
        ("did not find expected ',' or '}'", "',' or '}' is missing before this"),
        ("did not find expected ',' or ']'", "',' or ']' is missing before this"),
        ("did not find expected key", "a key is expected here; check the indentation"),
        ("did not find expected '-' indicator", "'- ' is expected here; check the indentation"),
        ("could not find expected ':'", "a ':' is missing behind the key"),
        ("found unexpected end of stream", "the file ends inside a quoted text"),
        ("unknown escape character", "an escape that YAML does not have; double the backslash or use apostrophes"),
        ("did not find expected <document start>", "nothing may follow the end of the document"),
    ];

    /// <summary>Where the fault lies. A tab is reported by the parser where its block begins, which says little.</summary>
    internal static int OffsetOf(YamlException fault, SourceText source)
    {
        int offset = Math.Clamp((int)fault.Start.Index, 0, source.Text.Length);
        if (!fault.Message.Contains(" tab ", StringComparison.OrdinalIgnoreCase))
            return offset;
        for (int line = source.PositionOf(offset).Line; line <= source.LineCount; line++)
        {
            string text = source.Line(line);
            int tab = text.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && string.IsNullOrWhiteSpace(text[..tab]))
                return source.StartOfLine(line) + tab;
        }

        return offset;
    }

    internal static string Describe(YamlException fault)
    {
        foreach ((string part, string plain) in Known)
        {
            if (fault.Message.Contains(part, StringComparison.OrdinalIgnoreCase))
                return plain;
        }

        string message = fault.Message.TrimEnd('.');
        return message.Length == 0 ? "the YAML is not well formed here" : char.ToLowerInvariant(message[0]) + message[1..];
    }
}
