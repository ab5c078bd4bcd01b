using System.CommandLine;
using System.Globalization;
using AlertEngine.Host.Commands;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Host.Reports;

/// <summary>The reader's language: <c>--lang</c>, else what the environment says, else English.</summary>
internal sealed record Words(bool IsChinese)
{
    /// <summary>The languages of <c>--lang</c>.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["zh", "en"];

    /// <summary>The language asked for, or that of the environment (<c>LC_ALL</c>, <c>LC_MESSAGES</c>, <c>LANG</c>).</summary>
    public static Words From(string? asked)
    {
        string language = asked ?? Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LC_MESSAGES") ?? Environment.GetEnvironmentVariable("LANG") ?? "en";
        return new Words(language.StartsWith("zh", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The language that a command line asks for.</summary>
    public static Words Of(ParseResult parsed) => From(parsed.GetValue(SharedOptions.Language));

    /// <summary>The text in the reader's language.</summary>
    public string Of(string zh, string en) => IsChinese ? zh : en;

    /// <summary>The text in the reader's language.</summary>
    public string Of(LocalText text) => Of(text.Zh, text.En);

    /// <summary>A number with separators.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
