using System.CommandLine;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Cel.Conformance;

namespace AlertEngine.Host.Commands;

/// <summary><c>cel eval</c> and <c>cel conformance</c>: one expression with its explanation, and the conformance tests of the specification.</summary>
internal static class CelCommand
{
    public static Command Create() => new("cel", "expressions of rule files: evaluate one, run conformance tests") { Eval(), Conformance() };

    private static Command Eval()
    {
        var expression = new Argument<string>("EXPR") { Description = "the expression" };
        var variables = new Option<string?>("--vars") { Description = "variables as a JSON object; a name may be dotted" };
        var format = Format();
        var command = new Command("eval",
            "Evaluates one expression and tells the value of every part.\n\nExample:\n  alertengine cel eval 'x > 3.2 && name.startsWith(\"WL\")' --vars '{\"x\": 3.5, \"name\": \"WL-017\"}'")
        {
            expression, variables, format,
        };
        command.SetAction(parsed => CelEvaluation.Run(
            parsed.GetValue(expression)!, parsed.GetValue(variables), parsed.GetValue(format) == "json", parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static Command Conformance()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "files of tests, one JSON object a line", Arity = ArgumentArity.OneOrMore };
        var form = new Option<CelForm>("--form") { Description = "compiled or interpreted", DefaultValueFactory = _ => CelForm.Compiled };
        var command = new Command("conformance",
            "Runs conformance tests of the CEL specification. Ends in 'N passed, M failed'; exits 1 if any failed.\n\nExample:\n  alertengine cel conformance ../shared/cel-conformance/*.jsonl --form interpreted")
        {
            files, form,
        };
        command.SetAction(parsed => RunConformance(
            parsed.GetValue(files)!, parsed.GetValue(form), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static Option<string> Format()
    {
        var format = new Option<string>("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    private static int RunConformance(FileInfo[] files, CelForm form, TextWriter output, TextWriter error)
    {
        var missing = files.Where(file => !file.Exists).ToArray();
        foreach (var file in missing)
            error.WriteLine($"no such file: {file}");
        if (missing.Length > 0)
            return ExitCodes.Usage;
        var result = new CelConformanceResult(0, []);
        foreach (var file in files)
            result = result.And(CelConformance.Run(File.ReadLines(file.FullName), form));
        foreach (var failure in result.Failures)
            output.WriteLine($"{failure.Id}: {failure.Reason}");
        output.WriteLine($"{result.Passed} passed, {result.Failures.Length} failed");
        return result.Failures.IsEmpty ? ExitCodes.Done : ExitCodes.Findings;
    }
}
