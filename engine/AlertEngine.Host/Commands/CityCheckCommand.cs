using System.CommandLine;
using AlertEngine.Connectors.Files.RuleFiles;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files;
using AlertEngine.Rules.Files.City;

namespace AlertEngine.Host.Commands;

/// <summary><c>city check</c>: checks a city file with its registry, tables and calendars.</summary>
internal static class CityCheckCommand
{
    public static Command Create(Words words)
    {
        var file = new Argument<string>("FILE") { Description = words.Of("城市文件", "The city file.") };
        var format = DiagnosticOutput.FormatOption(words);
        var command = new Command("check",
            words.OfCommand("检查城市文件及其引用的一切：设备表、街道、节假日。有错误时退出码为 1。", "Checks the city file and everything that it names: registry, streets, holidays. Exits 1 if there is an error.",
                "city check rules/packs/nanjing/city.yaml"))
        {
            file, format,
        };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(format)!, words, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string file, string format, Words words, TextWriter output, TextWriter error)
    {
        RuleFileReader files = new();
        CitySources? sources = files.ReadCity(file);
        if (sources is null || !files.Problems.IsEmpty)
        {
            DiagnosticOutput.TellProblems(files, null, error);
            return ExitCodes.Usage;
        }

        return DiagnosticOutput.Write(CityLoader.Check(sources), format, words.Of($"{1 + sources.Companions.Count} 个文件", $"{1 + sources.Companions.Count} files"), words, output, error);
    }
}
