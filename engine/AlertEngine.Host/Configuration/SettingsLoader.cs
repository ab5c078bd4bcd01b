using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AlertEngine.Rules.Matching;
using Microsoft.Extensions.Configuration;

namespace AlertEngine.Host.Configuration;

/// <summary>What was read, and all that is wrong with it at once.</summary>
internal sealed record LoadedSettings(EngineSettings Settings, ImmutableArray<LocalText> Faults);

/// <summary>
/// Reads <c>appsettings.json</c>, then <c>--config FILE</c>, then the environment, then the command line; later ones win. A key that does not
/// exist is a fault, because a misspelt one would otherwise be a default that nobody chose. A key that ends in <c>_FILE</c> names a file that
/// holds the value, for secrets.
/// </summary>
internal static partial class SettingsLoader
{
    private const string FileSuffix = "_FILE";

    /// <summary>Reads the configuration.</summary>
    /// <param name="configFile">The file of <c>--config</c>; null: none.</param>
    /// <param name="overrides">What the command line says, by key below the section; null values are left out.</param>
    public static LoadedSettings Load(string? configFile, IEnumerable<KeyValuePair<string, string?>> overrides)
    {
        var faults = ImmutableArray.CreateBuilder<LocalText>();
        var settings = new EngineSettings();
        foreach (var (origin, provider) in Providers(configFile, overrides, faults))
        {
            foreach (var (key, values) in Values(provider))
                settings = Set(settings, key, string.Join(SettingKey.ListSeparator, values), origin, faults);
        }

        return new(settings, faults.DrainToImmutable());
    }

    private static IEnumerable<(LocalText Origin, IConfiguration Values)> Providers(
        string? configFile, IEnumerable<KeyValuePair<string, string?>> overrides, ImmutableArray<LocalText>.Builder faults)
    {
        foreach (var (path, isRequired) in new[] { (Path.Combine(AppContext.BaseDirectory, "appsettings.json"), false), (configFile, true) })
        {
            if (path is null || (!isRequired && !File.Exists(path)))
                continue;
            if (TryReadFile(path, faults) is { } file)
                yield return (LocalText.Both(path), file);
        }

        yield return (new("环境变量", "the environment"), new ConfigurationBuilder().AddEnvironmentVariables(SettingKeys.Root + "__").Build());
        yield return (new("命令行", "the command line"), new ConfigurationBuilder().AddInMemoryCollection(overrides.Where(pair => pair.Value is not null)).Build());
    }

    private static IConfiguration? TryReadFile(string path, ImmutableArray<LocalText>.Builder faults)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(path), optional: false).Build().GetSection(SettingKeys.Root);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or FormatException)
        {
            faults.Add(LocalText.Both($"{path}: {fault.InnerException?.Message ?? fault.Message}"));
            return null;
        }
    }

    /// <summary>The keys that have a value, with the elements of lists together.</summary>
    private static IEnumerable<(string Key, IEnumerable<string> Values)> Values(IConfiguration provider)
    {
        string root = provider is IConfigurationSection section ? section.Path + ":" : "";
        return provider.AsEnumerable().Where(pair => pair.Value is not null && pair.Key.Length > root.Length)
            .Select(pair => (Key: pair.Key[root.Length..], pair.Value))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .GroupBy(pair => ElementPattern().Replace(pair.Key, ""), StringComparer.OrdinalIgnoreCase)
            .Select(group => (group.Key, group.Select(pair => pair.Value!)));
    }

    private static EngineSettings Set(EngineSettings settings, string key, string value, LocalText origin, ImmutableArray<LocalText>.Builder faults)
    {
        try
        {
            if (key.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase))
                (key, value) = (key[..^FileSuffix.Length], File.ReadAllText(value).TrimEnd('\r', '\n'));
            if (key.StartsWith(SettingKeys.ClientPrefix, StringComparison.OrdinalIgnoreCase))
                return settings with { Kafka = settings.Kafka with { Client = settings.Kafka.Client.SetItem(ClientKey(key), value) } };
            if (SettingKeys.All.FirstOrDefault(known => known.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found.Set(settings, value);
            faults.Add(Unknown(key, origin));
        }
        catch (Exception fault) when (fault is FormatException or IOException)
        {
            var text = (fault as SettingException)?.Text ?? LocalText.Both(fault.Message);
            faults.Add(new($"{SettingKeys.Root}:{key}（来自{origin.Zh}）：{text.Zh}", $"{SettingKeys.Root}:{key} (from {origin.En}): {text.En}"));
        }

        return settings;
    }

    /// <summary>The client's settings have dots, which names of environment variables cannot have: underscores stand for them.</summary>
    private static string ClientKey(string key) => key[SettingKeys.ClientPrefix.Length..].Replace('_', '.').ToLowerInvariant();

    private static LocalText Unknown(string key, LocalText origin)
    {
        var nearest = SettingKeys.All.Select(known => (known.Name, Distance: Distance(known.Name.ToUpperInvariant(), key.ToUpperInvariant()))).MinBy(pair => pair.Distance);
        string meant = $"{SettingKeys.Root}:{nearest.Name}";
        bool isNear = nearest.Distance <= Math.Max(2, key.Length / 3);
        return new(
            $"{SettingKeys.Root}:{key}（来自{origin.Zh}）不存在{(isNear ? $"；是否指 {meant}？" : "")}",
            $"{SettingKeys.Root}:{key} (from {origin.En}) does not exist{(isNear ? $"; did you mean {meant}?" : "")}");
    }

    /// <summary>How many letters have to be changed, put in or taken out (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }

    [GeneratedRegex(":[0-9]+$")]
    private static partial Regex ElementPattern();
}
