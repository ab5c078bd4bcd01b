using System.Collections.Immutable;
using System.CommandLine;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files.Diagnostics;

namespace AlertEngine.Host.Commands;

/// <summary>Prints findings about files, and tells how the program ends with them.</summary>
internal static class DiagnosticOutput
{
    public static Option<string> FormatOption(Words words)
    {
        var format = new Option<string>("--format") { Description = words.Of("输出格式", "How the findings are written."), DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        return format;
    }

    /// <summary>Tells what could not be read; true where there is anything to tell.</summary>
    public static bool TellProblems(RuleFileReader files, string? also, TextWriter error)
    {
        foreach (string problem in files.Problems)
            error.WriteLine(problem);
        if (also is not null && files.Problems.IsEmpty)
            error.WriteLine(also);
        return also is not null || !files.Problems.IsEmpty;
    }

    /// <summary>Prints the findings to the output and the tally to the error stream; answers the exit code.</summary>
    public static int Write(ImmutableArray<RuleDiagnostic> diagnostics, string format, string what, Words words, TextWriter output, TextWriter error)
    {
        output.Write(format switch
        {
            "json" => JsonRenderer.Render(diagnostics),
            "sarif" => SarifRenderer.Render(diagnostics),
            _ => TextRenderer.Render(diagnostics),
        });
        int errors = diagnostics.Count(diagnostic => diagnostic.IsError);
        error.WriteLine(words.Of($"{what}：{errors} 个错误，{diagnostics.Length - errors} 个警告", $"{what}: {errors} errors, {diagnostics.Length - errors} warnings"));
        return errors == 0 ? ExitCodes.Done : ExitCodes.Findings;
    }
}
