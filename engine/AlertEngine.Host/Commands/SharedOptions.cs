using System.CommandLine;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary>Options that every command has.</summary>
internal static class SharedOptions
{
    /// <summary><c>--lang zh|en</c>.</summary>
    public static Option<string?> Language { get; } = MakeLanguage();

    /// <summary><c>--format text|json</c>.</summary>
    public static Option<string> Format { get; } = MakeFormat();

    private static Option<string?> MakeLanguage()
    {
        Option<string?> option = new("--lang") { Description = "zh or en. Default: from the environment.", Recursive = true };
        option.AcceptOnlyFromAmong([.. Words.Languages]);
        return option;
    }

    private static Option<string> MakeFormat()
    {
        Option<string> option = new("--format") { Description = "text or json.", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
