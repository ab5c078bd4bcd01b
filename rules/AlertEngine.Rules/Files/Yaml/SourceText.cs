using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.Yaml;

/// <summary>
/// The text of one file with its lines. A byte order mark is dropped and every line ending becomes a line feed, so that offsets mean the
/// same whatever editor saved the file. Immutable and thread-safe.
/// </summary>
public sealed class SourceText
{
    private readonly ImmutableArray<int> _lineStarts;

    private SourceText(string name, string text)
    {
        Name = name;
        Text = text;
        _lineStarts = StartsOf(text);
    }

    /// <summary>What diagnostics call the file.</summary>
    public string Name { get; }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>How many lines there are; at least one.</summary>
    public int LineCount => _lineStarts.Length;

    /// <summary>A source of that name.</summary>
    public static SourceText From(string name, string text)
    {
        int start = text.StartsWith('\ufeff') ? 1 : 0;
        if (text.Contains('\r', StringComparison.Ordinal))
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return new SourceText(name, start == 0 ? text : text[start..]);
    }

    /// <summary>Line and column of an offset, both from 1; the column counts UTF-16 units, as editors do.</summary>
    public (int Line, int Column) PositionOf(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        int index = _lineStarts.BinarySearch(offset);
        if (index < 0)
            index = ~index - 1;
        return (index + 1, offset - _lineStarts[index] + 1);
    }

    /// <summary>The text of a line, from 1, without its ending.</summary>
    public string Line(int number) => Text[_lineStarts[number - 1]..EndOfLine(number)];

    /// <summary>The offset at which a line begins; lines count from 1.</summary>
    public int StartOfLine(int number) => _lineStarts[number - 1];

    /// <summary>The offset of the end of a line, its ending not included; lines count from 1.</summary>
    public int EndOfLine(int number) => number < _lineStarts.Length ? _lineStarts[number] - 1 : Text.Length;

    private static ImmutableArray<int> StartsOf(string text)
    {
        ImmutableArray<int>.Builder starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (int i = text.IndexOf('\n', StringComparison.Ordinal); i >= 0; i = text.IndexOf('\n', i + 1))
            starts.Add(i + 1);
        return starts.ToImmutable();
    }
}
