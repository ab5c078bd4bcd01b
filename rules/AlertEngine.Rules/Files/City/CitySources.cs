using System.Collections.Immutable;

namespace AlertEngine.Rules.Files.City;

/// <summary>The city file with the files that it names.</summary>
/// <param name="File">The city file.</param>
public sealed record CitySources(SourceFile File)
{
    /// <summary>The files that the city file names, by the name that stands there; one that is missing is an error of the check.</summary>
    public ImmutableDictionary<string, SourceFile> Companions { get; init; } = ImmutableDictionary<string, SourceFile>.Empty;

    /// <summary>The folder of the city file, from which relative names count; empty: the working folder.</summary>
    public string Folder { get; init; } = "";
}
