using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands.Usage;

/// <summary>The page that <c>--help</c> shows, in the reader's language: what a command does with an example, how it is called, and each of its options.</summary>
internal sealed class HelpPage(Words words) : SynchronousCommandLineAction
{
    private const int WidestName = 36;
    private static readonly string[] SentenceEnds = [". ", ".\n", "。"];

    /// <summary>Makes it the page of a command and of all below it.</summary>
    public static void AddTo(RootCommand root, Words words) => root.Options.OfType<HelpOption>().Single().Action = new HelpPage(words);

    /// <inheritdoc />
    public override bool ClearsParseErrors => true;

    /// <inheritdoc />
    public override int Invoke(ParseResult parseResult)
    {
        CommandResultPath path = new(parseResult.CommandResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = path.Command;
        Section(output, words.Of("说明", "Description"), (command.Description ?? "").Split('\n'));
        Section(output, words.Of("用法", "Usage"), [$"{path.Name}{Synopsis(command)}"]);
        Table(output, words.Of("参数", "Arguments"), command.Arguments.Select(argument => (Placeholder(argument), argument.Description ?? "", DefaultOf(argument))));
        Table(output, words.Of("选项", "Options"), path.Options.Select(option => (NameOf(option), Describe(option), DefaultOf(option))));
        Table(output, words.Of("命令", "Commands"), command.Subcommands.Select(one => (one.Name, (one.Description ?? "").Split(SentenceEnds, StringSplitOptions.None)[0], "")));
        return ExitCodes.Done;
    }

    /// <summary>The words that a value is one of; none where it is free.</summary>
    public static string[] AcceptedBy(Option option)
    {
        if (option.ValueType == typeof(bool))
            return [];
        IEnumerable<string> accepted = option.GetCompletions(CompletionContext.Empty).Select(item => item.Label);
        return [.. option.ValueType.IsEnum ? accepted.Select(name => name.ToLowerInvariant()) : accepted];
    }

    private string Synopsis(Command command)
    {
        string arguments = string.Concat(command.Arguments.Select(argument => " " + Placeholder(argument)));
        string sub = command.Subcommands.Count == 0 ? "" : words.Of(" <命令>", " <command>");
        return arguments + sub + words.Of(" [选项]", " [options]");
    }

    private static string Placeholder(Argument argument)
    {
        string name = argument.Arity.MaximumNumberOfValues > 1 ? $"<{argument.Name}>..." : $"<{argument.Name}>";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string NameOf(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias != "/?" && alias != "/h").Append(option.Name).OrderBy(name => name.Length));
        if (option.ValueType == typeof(bool) || option is HelpOption or VersionOption)
            return names;
        string[] accepted = AcceptedBy(option);
        return $"{names} <{(accepted.Length == 0 ? option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant() : string.Join('|', accepted))}>";
    }

    private string Describe(Option option)
    {
        string text = option switch
        {
            HelpOption => words.Of("显示本页", "Shows this page."),
            VersionOption => words.Of("显示版本", "Shows the version."),
            _ when SharedOptions.Describe(option) is { } shared => words.Of(shared),
            _ => option.Description ?? "",
        };
        return option.Required ? text + words.Of("（必填）", " Required.") : text;
    }

    private string DefaultOf(Option option) => option.HasDefaultValue && option.ValueType != typeof(bool) ? Default(option.GetDefaultValue()) : "";

    private string DefaultOf(Argument argument) => argument.HasDefaultValue ? Default(argument.GetDefaultValue()) : "";

    private string Default(object? value) =>
        value is null or Array ? "" : words.Of($" [默认 {Shown(value)}]", $" [default: {Shown(value)}]");

    private static string Shown(object value) => value is Enum ? value.ToString()!.ToLowerInvariant() : $"{value}";

    private static void Section(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.WriteLine($"{title}:");
        foreach (string line in lines)
            output.WriteLine(line.Length == 0 ? "" : $"  {line.TrimEnd('\r')}");
        output.WriteLine();
    }

    private static void Table(TextWriter output, string title, IEnumerable<(string Name, string Text, string Default)> rows)
    {
        (string Name, string Text, string Default)[] all = [.. rows];
        if (all.Length == 0)
            return;
        int width = Math.Min(WidestName, all.Max(row => row.Name.Length));
        Section(output, title, all.Select(row => $"{row.Name.PadRight(width)}  {row.Text}{row.Default}"));
    }
}
