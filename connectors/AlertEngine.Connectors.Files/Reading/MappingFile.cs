using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using AlertEngine.Engine.Ingest;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Mappings;

namespace AlertEngine.Connectors.Files.Reading;

/// <summary>What reading a mapping file gives.</summary>
/// <param name="Mapping">The mapping; null where something is wrong.</param>
/// <param name="Hash">A hash of the mapping and its second files: an edited one makes another input.</param>
/// <param name="Diagnostics">What is wrong with the mapping file, by place.</param>
/// <param name="Faults">What is wrong with files, a sentence each.</param>
public sealed record MappingFileReading(EventMapping? Mapping, string Hash, ImmutableArray<RuleDiagnostic> Diagnostics, ImmutableArray<string> Faults);

/// <summary>Reads a mapping file and the second files that it names, which lie beside the events or beside the mapping.</summary>
public static class MappingFile
{
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Reads the mapping at <paramref name="path"/> for events that lie in <paramref name="eventsFolder"/>.</summary>
    public static MappingFileReading Read(string path, string eventsFolder)
    {
        if (ReadBytes(path) is not { } bytes)
            return new MappingFileReading(null, "", [], [$"{path}: the file cannot be read"]);
        var hash = new XxHash128();
        hash.Append(bytes);
        MappingResult loaded = MappingLoader.Load(new SourceFile(Path.GetFileName(path), Encoding.UTF8.GetString(bytes)));
        if (loaded.Plan is null)
            return new MappingFileReading(null, "", loaded.Diagnostics, []);
        string[] folders = [eventsFolder, Path.GetDirectoryName(Path.GetFullPath(path)) ?? ""];
        EventMapping? mapping = EventMapping.Create(loaded.Plan, name => Companion(folders, name, hash), out ImmutableArray<string> faults);
        return new MappingFileReading(mapping, hash.GetCurrentHashAsUInt128().ToString("x32"), loaded.Diagnostics, faults);
    }

    private static ReadOnlyMemory<byte>? Companion(string[] folders, string name, XxHash128 hash)
    {
        foreach (string folder in folders)
        {
            if (ReadBytes(Path.Combine(folder, name)) is not { } bytes)
                continue;
            hash.Append(bytes);
            return bytes;
        }

        return null;
    }

    private static byte[]? ReadBytes(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxBytes } ? File.ReadAllBytes(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
