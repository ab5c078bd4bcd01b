using System.Text;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Formatting;

/// <summary>
/// Formats rule, test and city files: what is white space only, and comments stay where they are. Lines end in a line feed and hold no trailing
/// blanks, blank lines come one at a time, comments begin with a blank, braces have one blank inside and brackets none. What a text means never
/// changes: the result is read again, and where it differs the text stays as it was.
/// </summary>
public static class FileFormatter
{
    /// <summary>The formatted text; null where the file is not well formed.</summary>
    public static string? Format(SourceFile file)
    {
        SourceText source = SourceText.From(file.Name, file.Text);
        if (YamlReader.Read(source, new DiagnosticBag()) is not { } root)
            return null;
        string formatted = FormatLines(SourceText.From(file.Name, FormatFlow(source, root)));
        return YamlReader.Read(SourceText.From(file.Name, formatted), new DiagnosticBag()) is { } again && AreEqual(root, again) ? formatted : source.Text;
    }

    // From the last to the first, so that the offsets before stay right.
    private static string FormatFlow(SourceText source, YamlNode root)
    {
        List<(TextSpan Span, string Text)> edits = [];
        Collect(source, root, edits);
        StringBuilder text = new(source.Text);
        foreach ((TextSpan span, string replacement) in edits.OrderByDescending(edit => edit.Span.Start))
            text.Remove(span.Start, span.Length).Insert(span.Start, replacement);
        return text.ToString();
    }

    private static void Collect(SourceText source, YamlNode node, List<(TextSpan Span, string Text)> edits)
    {
        bool isEmpty = node is YamlMapping { Entries.Length: 0 } or YamlSequence { Items.Length: 0 };
        if (node is YamlMapping { IsFlow: true })
            Pad(source, node.Span, isEmpty ? "" : " ", edits);
        else if (node is YamlSequence { IsFlow: true } sequence)
            Pad(source, node.Span, sequence.Items.Any(item => item is YamlMapping { IsFlow: true }) ? " " : "", edits);
        foreach (YamlNode child in ChildrenOf(node))
            Collect(source, child, edits);
    }

    // Only blanks of one line: a collection over several lines was laid out by hand.
    private static void Pad(SourceText source, TextSpan span, string blank, List<(TextSpan Span, string Text)> edits)
    {
        string text = source.Text;
        if (span.Length < 2 || text[span.Until - 1] is not ('}' or ']') || text.AsSpan(span.Start, span.Length).Contains('\n'))
            return;
        int first = span.Start + 1;
        int last = span.Until - 1;
        int begin = first;
        while (begin < last && text[begin] == ' ')
            begin++;
        int end = last;
        while (end > begin && text[end - 1] == ' ')
            end--;
        edits.Add((TextSpan.Between(first, begin), begin == last ? "" : blank));
        if (begin < last)
            edits.Add((TextSpan.Between(end, last), blank));
    }

    private static string FormatLines(SourceText source)
    {
        HashSet<int> verbatim = [];
        if (YamlReader.Read(source, new DiagnosticBag()) is { } root)
            CollectVerbatim(source, root, verbatim);
        StringBuilder text = new(source.Text.Length);
        bool wasBlank = true;
        for (int number = 1; number <= source.LineCount; number++)
        {
            string line = source.Line(number);
            bool isVerbatim = verbatim.Contains(number);
            string formatted = isVerbatim ? line : FormatLine(line);
            bool isBlank = formatted.Length == 0 && !isVerbatim;
            if (!(isBlank && wasBlank))
                text.Append(formatted).Append('\n');
            wasBlank = isBlank;
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string FormatLine(string line)
    {
        string trimmed = line.TrimEnd();
        int comment = trimmed.Length - trimmed.TrimStart().Length;
        bool needsBlank = comment + 1 < trimmed.Length && trimmed[comment] == '#' && trimmed[comment + 1] is not (' ' or '#' or '!');
        return needsBlank ? trimmed.Insert(comment + 1, " ") : trimmed;
    }

    // Lines of scalars that span several: their blanks may be part of the value.
    private static void CollectVerbatim(SourceText source, YamlNode node, HashSet<int> lines)
    {
        if (node is YamlScalar scalar)
        {
            (int first, _) = source.PositionOf(scalar.Span.Start);
            (int last, _) = source.PositionOf(Math.Max(scalar.Span.Start, scalar.Span.Until - 1));
            for (int line = first + 1; line <= last; line++)
                lines.Add(line);
        }

        foreach (YamlNode child in ChildrenOf(node))
            CollectVerbatim(source, child, lines);
    }

    private static IEnumerable<YamlNode> ChildrenOf(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
        YamlSequence sequence => sequence.Items,
        _ => [],
    };

    private static bool AreEqual(YamlNode one, YamlNode other) => (one, other) switch
    {
        (YamlScalar a, YamlScalar b) => a.Value == b.Value && a.Style == b.Style,
        (YamlSequence a, YamlSequence b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(pair => AreEqual(pair.First, pair.Second)),
        (YamlMapping a, YamlMapping b) => a.Entries.Length == b.Entries.Length
            && a.Entries.Zip(b.Entries).All(pair => AreEqual(pair.First.Key, pair.Second.Key) && AreEqual(pair.First.Value, pair.Second.Value)),
        _ => false,
    };
}
