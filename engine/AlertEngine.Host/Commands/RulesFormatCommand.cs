using System.Collections.Immutable;
using System.CommandLine;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.Formatting;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules fmt</c>: formats rule and test files in place, or tells which are not formatted.</summary>
internal static class RulesFormatCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "files, or folders with *.rules.yaml and *.test.yaml", Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = "change nothing; list what is not formatted and exit 1" };
        var command = new Command("fmt",
            "Formats rule and test files in place; comments stay where they are.\n\nExample:\n  alertengine rules fmt rules/packs --check")
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
        if (DiagnosticOutput.TellProblems(files, all.IsEmpty ? "no files to format" : null, error))
            return ExitCodes.Usage;
        bool hasFindings = false;
        foreach (SourceFile file in all)
        {
            string? formatted = FileFormatter.Format(file);
            if (formatted is null)
                error.WriteLine($"{file.Name}: not well formed; see 'rules check'");
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
