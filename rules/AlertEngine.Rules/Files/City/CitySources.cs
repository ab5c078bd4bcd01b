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

    /// <summary>The city file with what of the files that it names can be read; null where it cannot be read itself.</summary>
    public static CitySources? Read(string path, ISourceFiles files)
    {
        if (files.Read(path) is not { } city)
            return null;
        string folder = Path.GetDirectoryName(path) ?? "";
        var companions = ImmutableDictionary.CreateBuilder<string, SourceFile>(StringComparer.Ordinal);
        foreach (string name in CityLoader.CompanionsOf(city))
        {
            if (files.Read(Path.Combine(folder, name)) is { } companion)
                companions[name] = new SourceFile(name, companion.Text);
        }

        return new CitySources(city) { Companions = companions.ToImmutable(), Folder = folder };
    }
}
