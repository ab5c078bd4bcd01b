using System.CommandLine;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Files.Schemas;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules schema</c>: prints the JSON Schemas of rule, test and city files, or writes them to a folder.</summary>
internal static class RulesSchemaCommand
{
    public static Command Create(Words words)
    {
        var folder = new Option<string?>("--out") { Description = words.Of("三个 Schema 写入的文件夹；没有时打印其中一个", "The folder to write the three schemas to; without it one is printed.") };
        var kind = new Option<string>("--kind") { Description = words.Of("打印哪一个", "Which one is printed."), DefaultValueFactory = _ => "rules" };
        kind.AcceptOnlyFromAmong("rules", "tests", "city");
        var command = new Command("schema",
            words.OfCommand("规则、测试与城市文件的 JSON Schema，供编辑器使用。", "The JSON Schemas of rule, test and city files, for editors.", "rules schema --out rules"))
        {
            folder, kind,
        };
        command.SetAction(parsed => Run(parsed.GetValue(folder), parsed.GetValue(kind)!, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string? folder, string kind, TextWriter output, TextWriter error)
    {
        if (folder is null)
        {
            output.Write(FileSchemas.All.First(schema => schema.FileName.StartsWith(kind, StringComparison.Ordinal)).Json);
            return ExitCodes.Done;
        }

        try
        {
            Directory.CreateDirectory(folder);
            foreach ((string fileName, string json) in FileSchemas.All)
                File.WriteAllText(Path.Combine(folder, fileName), json);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{folder}: {fault.Message}");
            return ExitCodes.Usage;
        }

        return ExitCodes.Done;
    }
}
