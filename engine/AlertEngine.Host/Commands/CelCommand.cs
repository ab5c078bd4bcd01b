using System.CommandLine;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Cel.Conformance;

namespace AlertEngine.Host.Commands;

/// <summary><c>cel eval</c> and <c>cel conformance</c>: one expression with its explanation, and the conformance tests of the specification.</summary>
internal static class CelCommand
{
    /// <summary>The argument that is an expression: it may begin with a minus.</summary>
    public const string ExpressionName = "EXPR";

    public static Command Create(Words words) => new("cel",
        words.OfCommand("规则文件中的表达式：求值，运行一致性测试。", "Expressions of rule files: evaluate one, run conformance tests.", "cel eval '1 + 1'")) { Eval(words), Conformance(words) };

    private static Command Eval(Words words)
    {
        var expression = new Argument<string>(ExpressionName) { Description = words.Of("表达式", "The expression.") };
        var variables = new Option<string?>("--vars") { Description = words.Of("变量，JSON 对象；名称可带点", "Variables as a JSON object; a name may be dotted.") };
        var format = Format(words);
        var command = new Command("eval",
            words.OfCommand("对一个表达式求值，并给出每一部分的值。", "Evaluates one expression and tells the value of every part.",
                """cel eval 'x > 3.2 && name.startsWith("WL")' --vars '{"x": 3.5, "name": "WL-017"}'"""))
        {
            expression, variables, format,
        };
        command.SetAction(parsed => CelEvaluation.Run(
            parsed.GetValue(expression)!, parsed.GetValue(variables), parsed.GetValue(format) == "json", parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static Command Conformance(Words words)
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = words.Of("测试文件，每行一个 JSON 对象", "Files of tests, one JSON object a line."), Arity = ArgumentArity.OneOrMore };
        var form = new Option<CelForm>("--form") { Description = words.Of("求值的形式", "How they are evaluated."), DefaultValueFactory = _ => CelForm.Compiled };
        var command = new Command("conformance",
            words.OfCommand("运行 CEL 规范的一致性测试。最后一行为 'N passed, M failed'；有失败时退出码为 1。", "Runs conformance tests of the CEL specification. Ends in 'N passed, M failed'; exits 1 if any failed.",
                "cel conformance ../shared/cel-conformance/*.jsonl --form interpreted"))
        {
            files, form,
        };
        command.SetAction(parsed => RunConformance(
            parsed.GetValue(files)!, parsed.GetValue(form), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static Option<string> Format(Words words)
    {
        var format = new Option<string>("--format") { Description = words.Of("输出格式", "How the answer is written."), DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    private static int RunConformance(FileInfo[] files, CelForm form, TextWriter output, TextWriter error)
    {
        var missing = files.Where(file => !file.Exists).ToArray();
        foreach (var file in missing)
            error.WriteLine($"{file}: 没有这个文件 / no such file");
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
