using System.CommandLine;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files;
using NodaTime;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules check</c>: loads rule files and tells every error and lint where it stands.</summary>
internal static class RulesCheckCommand
{
    public static Command Create(Words words)
    {
        var paths = new Argument<string[]>("PATH") { Description = words.Of("规则文件，或含 *.rules.yaml 的文件夹", "Rule files, or folders with *.rules.yaml."), Arity = ArgumentArity.OneOrMore };
        var city = new Option<string?>("--city") { Description = words.Of("城市文件；没有时接受任何单位、区、时限与日历的名称", "The city file; without it every unit, district, SLA and calendar name is accepted.") };
        var format = DiagnosticOutput.FormatOption(words);
        var command = new Command("check",
            words.OfCommand("检查规则文件：列出错误与提示及其位置。有错误时退出码为 1。", "Checks rule files: errors and lints, each with its place. Exits 1 if there is an error.",
                "rules check rules/packs/shared rules/packs/water --city rules/packs/nanjing/city.yaml --format sarif"))
        {
            paths, city, format,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(paths)!, parsed.GetValue(city), parsed.GetValue(format)!, words, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string[] paths, string? city, string format, Words words, TextWriter output, TextWriter error)
    {
        RuleFileReader files = new();
        RuleSources sources = new()
        {
            Rules = files.ReadRules(paths),
            Tests = files.ReadTestsBeside(paths),
            City = city is null ? null : files.ReadCity(city),
        };
        if (DiagnosticOutput.TellProblems(files, sources.Rules.IsEmpty ? "没有规则文件 / no rule files" : null, error))
            return ExitCodes.Usage;
        LocalDate today = SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date;
        LoadResult result = RuleLoader.Load(sources, LoadOptions.Default with { Today = today });
        return DiagnosticOutput.Write(result.Diagnostics, format, words.Of($"{sources.Rules.Length} 个文件，{result.Rules?.Rules.Length ?? 0} 条规则", $"{sources.Rules.Length} files, {result.Rules?.Rules.Length ?? 0} rules"), words, output, error);
    }
}
