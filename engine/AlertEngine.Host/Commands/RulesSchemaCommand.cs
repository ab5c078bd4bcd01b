using System.CommandLine;
using AlertEngine.Rules.Files.Schemas;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules schema</c>: prints the JSON Schemas of rule, test and city files, or writes them to a folder.</summary>
internal static class RulesSchemaCommand
{
    public static Command Create()
    {
        var folder = new Option<string?>("--out") { Description = "the folder to write the three schemas to; without it one is printed" };
        var kind = new Option<string>("--kind") { Description = "which one is printed: rules, tests or city", DefaultValueFactory = _ => "rules" };
        kind.AcceptOnlyFromAmong("rules", "tests", "city");
        var command = new Command("schema",
            "The JSON Schemas of rule, test and city files, for editors.\n\nExample:\n  alertengine rules schema --out rules")
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
