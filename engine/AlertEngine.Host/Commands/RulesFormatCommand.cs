using System.Collections.Immutable;
using System.CommandLine;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Formatting;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules fmt</c>: formats rule and test files in place, or tells which are not formatted.</summary>
internal static class RulesFormatCommand
{
    public static Command Create(Words words)
    {
        var paths = new Argument<string[]>("PATH") { Description = words.Of("文件，或含 *.rules.yaml 与 *.test.yaml 的文件夹", "Files, or folders with *.rules.yaml and *.test.yaml."), Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = words.Of("不改动；列出未格式化的文件，退出码为 1", "Changes nothing; lists what is not formatted and exits 1.") };
        var command = new Command("fmt",
            words.OfCommand("就地格式化规则与测试文件；注释保持原位。", "Formats rule and test files in place; comments stay where they are.", "rules fmt rules/packs --check"))
        {
            paths, check,
        };
        command.SetAction(parsed => Run(parsed.GetValue(paths)!, parsed.GetValue(check), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string[] paths, bool isCheck, TextWriter output, TextWriter error)
    {
        RuleFileReader files = new();
        ImmutableArray<SourceFile> all = [.. files.ReadGivenRules(paths), .. files.ReadTests(paths.Where(Directory.Exists))];
        if (DiagnosticOutput.TellProblems(files, all.IsEmpty ? "没有可格式化的文件 / no files to format" : null, error))
            return ExitCodes.Usage;
        bool hasFindings = false;
        foreach (SourceFile file in all)
        {
            string? formatted = FileFormatter.Format(file);
            if (formatted is null)
                error.WriteLine($"{file.Name}: 格式有误，见 rules check / not well formed; see 'rules check'");
            else if (formatted != file.Text)
                Change(file, formatted, isCheck, output);
            hasFindings |= formatted is null || (isCheck && formatted != file.Text);
        }

        return hasFindings ? ExitCodes.Findings : ExitCodes.Done;
    }

    private static void Change(SourceFile file, string formatted, bool isCheck, TextWriter output)
    {
        output.WriteLine(file.Name);
        if (!isCheck)
            File.WriteAllText(file.Name, formatted);
    }
}
