using System.Xml;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>Turns lines and columns of a text into places in it, from the beginning to the end. Not thread-safe.</summary>
internal sealed class TextLines(string text)
{
    private int _line = 1;
    private int _start;

    /// <summary>The place of a line and column; lines are asked for in the order of the text.</summary>
    internal int PlaceOf(IXmlLineInfo info)
    {
        for (; _line < info.LineNumber; _line++)
        {
            int end = text.AsSpan(_start).IndexOfAny('\r', '\n') + _start;
            _start = end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
        }

        return _start + info.LinePosition - 1;
    }

    /// <summary>The place behind the tag in which a place lies.</summary>
    internal int BehindTag(int place)
    {
        int end = text.IndexOf('>', place);
        return end < 0 ? text.Length : end + 1;
    }
}
