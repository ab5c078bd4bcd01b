using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Reads a file of a known kind: its header first, then its shape.</summary>
internal static class Document
{
    private static readonly string[] Headers = ["rules/v1", "tests/v1", "city/v1", "mapping/v1"];

    /// <summary>The root of the file, with what strays from the shape reported; null where it is not a file of this kind at all.</summary>
    public static YamlMapping? Read(YamlDocument document, string header, MappingShape shape, DiagnosticBag diagnostics)
    {
        SourceText source = document.Source;
        document.ReportFaults(diagnostics);
        if (document.Root is not { } node)
            return null;
        if (node is not YamlMapping root || root.Find("alertengine") is not YamlScalar found)
        {
            diagnostics.Report(FileCodes.Header, source, ShapeChecker.HeadOf(node), $"the file does not begin with 'alertengine: {header}'");
            return null;
        }

        if (found.Value != header)
        {
            ReportHeader(source, found, header, diagnostics);
            return null;
        }

        new ShapeChecker(source, diagnostics).Check(shape, root);
        return root;
    }

    private static void ReportHeader(SourceText source, YamlScalar found, string header, DiagnosticBag diagnostics)
    {
        if (Headers.Contains(found.Value))
            diagnostics.Report(FileCodes.Header, source, found.Span, $"this is a file of '{found.Value}', '{header}' is expected");
        else
            diagnostics.Report(FileCodes.Header, source, found.Span, $"unknown version '{found.Value}'", ShapeChecker.DidYouMean(header), header);
    }
}
