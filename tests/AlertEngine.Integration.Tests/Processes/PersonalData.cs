using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>
/// What a file of events says of persons: number plates, names and telephones of elders and of those who report, where they live. Found in the raw
/// bytes, so that lines which are broken count too.
/// </summary>
internal sealed partial class PersonalData
{
    private readonly string[] _values;

    /// <summary>That of a file of events.</summary>
    public PersonalData(string eventsPath) =>
        _values = [.. Member().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(eventsPath))).Select(match => match.Groups["value"].Value).Distinct().Select(value => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(value)))];

    /// <summary>How many different values there are.</summary>
    public int Count => _values.Length;

    /// <summary>Fails where a text holds one of them, as it is or with its characters escaped.</summary>
    public void RequireAbsentFrom(string name, string text)
    {
        string unescaped = Escape().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());
        string? found = Array.Find(_values, value => text.Contains(value, StringComparison.Ordinal) || unescaped.Contains(value, StringComparison.Ordinal));
        Assert.True(found is null, $"{name} tells '{found}'");
    }

    /// <summary>Fails where one of the files in a folder, or below it, holds one of them.</summary>
    public void RequireAbsentFromFiles(string folder, params string[] but)
    {
        string[] files = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(file => !but.Contains(Path.GetFileName(file)))];
        Assert.NotEmpty(files);
        foreach (string file in files)
            RequireAbsentFrom(Path.GetFileName(file), Encoding.UTF8.GetString(File.ReadAllBytes(file)));
    }

    [GeneratedRegex("\"(?:plate|elder_name|elder_phone|reporter_name|reporter_phone|text)\":\"(?<value>[^\"]+)\"")]
    private static partial Regex Member();

    [GeneratedRegex("\\\\u([0-9a-fA-F]{4})")]
    private static partial Regex Escape();
}
