using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.City;

/// <summary>What the parts of the city loader share while a city file is read. Not thread-safe.</summary>
internal sealed class CityReading(CitySources sources, SourceText source, YamlMapping root, DiagnosticBag diagnostics)
{
    public CitySources Sources { get; } = sources;

    public SourceText Source { get; } = source;

    public YamlMapping Root { get; } = root;

    public DiagnosticBag Diagnostics { get; } = diagnostics;

    public void Report(DiagnosticCode code, YamlNode node, string messageEn, string? near = null) =>
        Diagnostics.ReportNear(code, Source, node.Span, messageEn, near);

    /// <summary>A file that the city file names, or null where it was not given, which is reported.</summary>
    public SourceFile? Companion(YamlScalar name)
    {
        if (Sources.Companions.TryGetValue(name.Value, out SourceFile? file))
            return file;
        Report(FileCodes.DevicesUnreadable, name, $"the file '{name.Value}' cannot be read");
        return null;
    }
}
