using System.CommandLine;
using System.Globalization;
using AlertEngine.Host.Commands;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Host.Reports;

/// <summary>The reader's language: <c>--lang</c>, else what the environment says, else English.</summary>
internal sealed record Words(bool IsChinese)
{
    /// <summary>The option that says the language.</summary>
    public const string LanguageOption = "--lang";

    /// <summary>The languages of <c>--lang</c>.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["zh", "en"];

    /// <summary>The language asked for, or that of the environment (<c>LC_ALL</c>, <c>LC_MESSAGES</c>, <c>LANG</c>).</summary>
    public static Words From(string? asked)
    {
        string language = asked ?? Environment.GetEnvironmentVariable("LC_ALL") ?? Environment.GetEnvironmentVariable("LC_MESSAGES") ?? Environment.GetEnvironmentVariable("LANG") ?? "en";
        return new Words(language.StartsWith("zh", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The language that arguments ask for, before anybody has parsed them: the texts of help and faults are made in it.</summary>
    public static Words Of(IReadOnlyList<string> arguments)
    {
        string? asked = null;
        for (int i = 0; i < arguments.Count && arguments[i] != "--"; i++)
        {
            if (arguments[i] == LanguageOption && i + 1 < arguments.Count)
                asked = arguments[i + 1];
            else if (arguments[i].StartsWith($"{LanguageOption}=", StringComparison.Ordinal))
                asked = arguments[i][(LanguageOption.Length + 1)..];
        }

        return From(asked);
    }

    /// <summary>The language that a command line asks for.</summary>
    public static Words Of(ParseResult parsed) => From(parsed.GetValue(SharedOptions.Language));

    /// <summary>The text in the reader's language.</summary>
    public string Of(string zh, string en) => IsChinese ? zh : en;

    /// <summary>What a command does, with examples of how it is called.</summary>
    public string OfCommand(string zh, string en, params string[] examples) =>
        $"{Of(zh, en)}\n\n{Of("示例：", "Example:")}\n{string.Join('\n', examples.Select(example => $"  alertengine {example}"))}";

    /// <summary>The text in the reader's language.</summary>
    public string Of(LocalText text) => Of(text.Zh, text.En);

    /// <summary>A number with separators.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
