using System.Xml;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>What is wrong with XML, with its place before the sentence as everywhere, not behind it as the parser has it.</summary>
internal static class XmlFault
{
    internal static string Of(XmlException fault)
    {
        if (fault.Message.Contains("DTD", StringComparison.Ordinal))
            return "a document type is not admitted";
        int place = fault.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return $"line {fault.LineNumber}, column {fault.LinePosition}: {(place < 0 ? fault.Message : fault.Message[..place])}";
    }
}
