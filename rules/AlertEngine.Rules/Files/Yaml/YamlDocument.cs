using System.Runtime.CompilerServices;
using AlertEngine.Rules.Files.Diagnostics;

namespace AlertEngine.Rules.Files.Yaml;

/// <summary>
/// A file with its nodes, parsed once as long as the file is held: those who look for packs and companions read it before the loader does, and
/// parsing is most of what a check costs. Immutable and thread-safe.
/// </summary>
internal sealed class YamlDocument
{
    private static readonly ConditionalWeakTable<SourceFile, YamlDocument> Known = [];

    private readonly DiagnosticBag _faults = new();

    private YamlDocument(SourceFile file)
    {
        Source = SourceText.From(file.Name, file.Text);
        Root = YamlReader.Read(Source, _faults);
    }

    /// <summary>The text.</summary>
    public SourceText Source { get; }

    /// <summary>The root node; null where the file has a fault.</summary>
    public YamlNode? Root { get; }

    /// <summary>The nodes of a file.</summary>
    public static YamlDocument Of(SourceFile file) => Known.GetValue(file, static file => new YamlDocument(file));

    /// <summary>Tells why there is no root; nothing where there is one.</summary>
    public void ReportFaults(DiagnosticBag diagnostics) => diagnostics.AddAll(_faults, Source);
}
