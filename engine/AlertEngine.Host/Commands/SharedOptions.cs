using System.CommandLine;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Host.Commands;

/// <summary>Options that every command has.</summary>
internal static class SharedOptions
{
    /// <summary><c>--lang zh|en</c>.</summary>
    public static Option<string?> Language { get; } = MakeLanguage();

    /// <summary><c>--format text|json</c>.</summary>
    public static Option<string> Format { get; } = MakeFormat();

    /// <summary>What one of them is for, in both languages, for all readers share the option itself; null for any other option.</summary>
    public static LocalText? Describe(Option option) =>
        option == Language ? new LocalText("zh 或 en；默认按环境（LC_ALL、LC_MESSAGES、LANG）", "zh or en. Default: from the environment (LC_ALL, LC_MESSAGES, LANG).")
        : option == Format ? new LocalText("输出格式", "How the answer is written.")
        : null;

    private static Option<string?> MakeLanguage()
    {
        Option<string?> option = new(Words.LanguageOption) { Recursive = true };
        option.AcceptOnlyFromAmong([.. Words.Languages]);
        return option;
    }

    private static Option<string> MakeFormat()
    {
        Option<string> option = new("--format") { DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
