using System.Collections.Immutable;
using System.Text;
using System.Xml;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>Reads one element with everything in it, within bounds.</summary>
internal sealed class XmlElementReader(XmlReader reader, TextLines lines)
{
    internal const int MaxDepth = 32;
    internal const string TooDeep = "elements are nested deeper than the admitted 32";

    private const int MaxElements = 100_000;

    private int _elements;

    /// <summary>Reads the element that the reader stands on, to its end.</summary>
    /// <exception cref="XmlException">It is malformed.</exception>
    /// <exception cref="InvalidDataException">It is beyond the bounds.</exception>
    internal XmlElementNode Read()
    {
        if (reader.Depth > MaxDepth)
            throw new InvalidDataException(TooDeep);
        if (++_elements > MaxElements)
            throw new InvalidDataException($"a record has more than the admitted {MaxElements} elements");
        string name = reader.LocalName;
        int at = Place() - 1;
        bool isEmpty = reader.IsEmptyElement;
        ImmutableArray<(string, string)> attributes = Attributes();
        if (isEmpty)
            return new XmlElementNode(name, at, at + 1, attributes, [], "");
        ImmutableArray<XmlElementNode>.Builder elements = ImmutableArray.CreateBuilder<XmlElementNode>();
        StringBuilder text = new();
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element)
                elements.Add(Read());
            else
                text.Append(reader.Value);
        }

        return new XmlElementNode(name, at, Place(), attributes, elements.DrainToImmutable(), text.ToString().Trim());
    }

    private ImmutableArray<(string, string)> Attributes()
    {
        ImmutableArray<(string, string)>.Builder attributes = ImmutableArray.CreateBuilder<(string, string)>();
        for (bool isOne = reader.MoveToFirstAttribute(); isOne; isOne = reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
                attributes.Add((reader.LocalName, reader.Value));
        }

        reader.MoveToElement();
        return attributes.DrainToImmutable();
    }

    private int Place() => lines.PlaceOf((IXmlLineInfo)reader);
}
