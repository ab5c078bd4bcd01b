using System.Text.RegularExpressions;

namespace AlertEngine.Rules.Files.Yaml;

/// <summary>
/// Recognises the commonest slip in rule files: an expression with commas, brackets or colons that stands unquoted in a flow mapping, where
/// YAML takes it apart.
/// </summary>
internal static partial class UnquotedExpression
{
    internal static readonly (string Zh, string En) Fix = ("给表达式加引号，或让它独占一行", "quote the expression or give it its own line");

    /// <summary>Where the expression stands.</summary>
    internal readonly record struct Finding(TextSpan Span);

    /// <summary>The expression on the line of a syntax fault, or null where the line holds none that is unquoted.</summary>
    internal static Finding? NearFault(SourceText source, int offset, bool isInFlow)
    {
        (int line, int column) = source.PositionOf(offset);
        string text = source.Line(line);
        Match? last = null;
        foreach (Match match in ExpressionValue().Matches(text))
        {
            if (match.Index < column)
                last = match;
        }

        if (last is null || !LooksLikePart(last.Groups["value"].Value) || (!isInFlow && !last.Groups["value"].Value.Contains(": ", StringComparison.Ordinal)))
            return null;
        Group value = last.Groups["value"];
        return new Finding(new TextSpan(source.StartOfLine(line) + value.Index, value.Length));
    }

    /// <summary>Whether a text has what expressions have and keys have not.</summary>
    internal static bool LooksLikePart(string text) => text.AsSpan().IndexOfAny("<>=!&|()[]?'\"+*/") >= 0 || text.Contains(" in ", StringComparison.Ordinal);

    [GeneratedRegex("""(?<![\w.-])(?:when|where|active|of|expr|registry|value|near|key|min|max|last|first|sum)\s*:\s+(?<value>[^\s'"].*?)(?=,\s*[a-z_]+\s*:\s|\s*\}\s*(?:[,\]}]|$|\#)|\s*$)""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ExpressionValue();
}
