using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Schemas;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules explain-defaults</c>: what holds where a key is left out.</summary>
internal static class RulesDefaultsCommand
{
    public static Command Create(Words words)
    {
        var paths = new Argument<string[]>("PATH") { Description = words.Of("规则文件或文件夹；不写：语言的所有默认值", "Rule files or folders; none: every default of the language."), Arity = ArgumentArity.ZeroOrMore };
        var format = new Option<string>("--format") { Description = words.Of("输出格式", "How the answer is written."), DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("explain-defaults",
            words.OfCommand("打印省略某键时的值：语言的，或所给文件的。", "Prints what holds where a key is left out: of the language, or of given files.", "rules explain-defaults rules/packs/water"))
        {
            paths, format,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(paths)!, parsed.GetValue(format) == "json", parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string[] paths, bool isJson, TextWriter output, TextWriter error)
    {
        RuleFileReader files = new();
        ImmutableArray<SourceFile> given = files.ReadGivenRules(paths);
        if (DiagnosticOutput.TellProblems(files, null, error))
            return ExitCodes.Usage;
        ImmutableArray<DefaultEntry> entries = paths.Length == 0 ? DefaultsReport.OfLanguage() : [.. given.AsEnumerable().SelectMany(file => DefaultsReport.OfFile(file).AsEnumerable())];
        if (isJson)
            output.WriteLine(JsonSerializer.Serialize(entries.Select(entry => new { path = entry.Path, value = entry.Value, zh = entry.Doc.Zh, en = entry.Doc.En })));
        else
            foreach (DefaultEntry entry in entries)
                output.WriteLine($"{entry.Path} = {entry.Value}    # {entry.Doc.Zh} / {entry.Doc.En}");
        return ExitCodes.Done;
    }
}
