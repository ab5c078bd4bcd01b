using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AlertEngine.Rules.Files.City;
using AlertEngine.Rules.Files.Compile;
using AlertEngine.Rules.Files.Devices;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;
using NodaTime;

namespace AlertEngine.Rules.Files;

/// <summary>
/// Loads rule files: text in, a compiled rule set out, or the findings that say why not. Pure: it reads no file and no clock. A set with an
/// error is refused whole.
/// </summary>
public static class RuleLoader
{
    /// <summary>Loads rule files against a city file, or against the open city where none is given.</summary>
    public static LoadResult Load(RuleSources sources, LoadOptions? options = null)
    {
        DiagnosticBag diagnostics = new();
        ImmutableArray<RuleFile> files = ReadFiles(sources, diagnostics);
        (CityModel? city, DeviceRegistry registry) = sources.City is { } given ? CityOf(given, options?.Today, diagnostics) : (CityModel.Open, DeviceRegistry.Empty);
        // A city that cannot be read would make every unit unknown: the rules are checked against the open one.
        RuleSet rules = new RuleSetCompiler(files, city ?? CityModel.Open, registry, options ?? LoadOptions.Default, diagnostics).Compile(HashOf(sources));
        TestedRules.Check(files, sources.Tests, diagnostics);
        if (!diagnostics.HasErrors && files.Length > 0 && files.All(file => !file.Root.Maps("rules").Any()))
            diagnostics.Report(FileCodes.NoRules, files[0].Source, default, "none of the files declares a rule");
        return new LoadResult(diagnostics.HasErrors ? null : rules, diagnostics.ToOrdered());
    }

    private static ImmutableArray<RuleFile> ReadFiles(RuleSources sources, DiagnosticBag diagnostics)
    {
        ImmutableArray<RuleFile>.Builder files = ImmutableArray.CreateBuilder<RuleFile>();
        foreach (SourceFile file in sources.Rules)
        {
            var document = YamlDocument.Of(file);
            diagnostics.Declare(document.Source);
            if (Document.Read(document, "rules/v1", RuleFileShape.File, diagnostics) is { } root)
                files.Add(new RuleFile(document.Source, root));
        }

        return files.DrainToImmutable();
    }

    private static (CityModel? City, DeviceRegistry Registry) CityOf(CitySources sources, LocalDate? today, DiagnosticBag diagnostics)
    {
        CityReadingResult result = CityLoader.Read(sources, diagnostics);
        if (result.City is { } city && today is { } day)
            CityCalendars.WarnOf(city, day, YamlDocument.Of(sources.File).Source, diagnostics);
        return (result.City, result.Registry);
    }

    // Names without folders: the same files have the same hash on every machine.
    private static string HashOf(RuleSources sources)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<SourceFile> city = sources.City is null ? [] : sources.City.Companions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).Prepend(sources.City.File);
        foreach (SourceFile file in sources.Rules.OrderBy(file => Path.GetFileName(file.Name), StringComparer.Ordinal).Concat(city))
        {
            Append(hash, Path.GetFileName(file.Name));
            Append(hash, SourceText.From(file.Name, file.Text).Text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
        hash.AppendData(bytes);
    }
}
