using System.Collections.Immutable;
using System.Text.Json;
using System.Xml;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>
/// The records of one XML document as JSON. A record is an innermost element of those named, with those around it:
/// <c>{ alert: {…}, info: {…}, area: {…} }</c>; an outer one that holds none is a record of its own, so that a cancellation without details is not
/// lost. Hostile documents are refused: no DTD, so no entities, nothing is fetched, and depth is bounded.
/// </summary>
internal sealed class XmlRows(string text, ImmutableArray<string> records)
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    private readonly TextLines _lines = new(text);

    internal IEnumerable<DocumentRow> Read()
    {
        using XmlReader reader = XmlReader.Create(new StringReader(text), Settings);
        int end = 0;
        while (true)
        {
            (XmlElementNode? record, string? fault) = Next(reader, ref end);
            if (fault is not null)
                yield return DocumentRow.Refused(end, text.AsMemory(end), fault);
            if (record is null)
                yield break;
            foreach (DocumentRow row in RowsOf(record, end))
                yield return row;
        }
    }

    /// <summary>The next outermost record; neither at the end of the document. What is malformed ends the reading: nobody knows where it would go on.</summary>
    private (XmlElementNode? Record, string? Fault) Next(XmlReader reader, ref int end)
    {
        try
        {
            while (reader.Read())
            {
                if (reader.Depth > XmlElementReader.MaxDepth)
                    return (null, XmlElementReader.TooDeep);
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName != records[0])
                    continue;
                XmlElementNode record = new XmlElementReader(reader, _lines).Read();
                end = _lines.BehindTag(record.EndAt);
                return (record, null);
            }

            return (null, null);
        }
        catch (XmlException fault)
        {
            return (null, XmlFault.Of(fault));
        }
        catch (InvalidDataException fault)
        {
            return (null, fault.Message);
        }
    }

    private IEnumerable<DocumentRow> RowsOf(XmlElementNode record, int end)
    {
        ReadOnlyMemory<char> original = text.AsMemory(record.At, end - record.At);
        foreach (ImmutableArray<XmlElementNode> path in PathsOf([record]))
            yield return new DocumentRow(path[^1].At, original, Json(path), null);
    }

    private IEnumerable<ImmutableArray<XmlElementNode>> PathsOf(ImmutableArray<XmlElementNode> path)
    {
        if (path.Length == records.Length || path[^1].Named(records[path.Length]) is not { IsEmpty: false } inner)
            return [path];
        return inner.SelectMany(element => PathsOf(path.Add(element)));
    }

    private byte[] Json(ImmutableArray<XmlElementNode> path)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (int i = 0; i < path.Length; i++)
            {
                json.WritePropertyName(records[i]);
                path[i].Write(json, i + 1 < records.Length ? records[i + 1] : null);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
