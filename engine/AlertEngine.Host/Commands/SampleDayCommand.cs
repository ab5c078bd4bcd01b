using AlertEngine.Connectors.Files.SampleDay;
using AlertEngine.Host.Replay;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary>No command: the sample day that ships with the program.</summary>
internal static class SampleDayCommand
{
    private const string Folder = "sample-day";

    public static async Task<int> RunAsync(Words words, bool isJson, CancellationToken cancellation)
    {
        string packs = Path.Combine(AppContext.BaseDirectory, "packs");
        string output = Path.Combine("out", Folder);
        Directory.CreateDirectory(output);
        string events = Path.Combine(output, "events.ndjson"), commands = Path.Combine(output, "commands.ndjson");
        using (FileStream file = File.Create(events))
            SampleDay.Write(file);
        using (FileStream file = File.Create(commands))
            SampleDay.WriteCommands(file);
        var request = new ReplayRequest { Events = [events], Commands = [commands], Rules = [packs], City = Path.Combine(packs, "nanjing", "city.yaml"), Out = output };
        int exitCode = await ReplayCommand.RunAsync(request, new ReplayShow(words, isJson, IsStrict: false), cancellation).ConfigureAwait(false);
        if (exitCode == ExitCodes.Done && !isJson)
            Console.WriteLine(words.Of($"\n文件在 {output}；下一步：alertengine replay --help", $"\nThe files are in {output}; next: alertengine replay --help"));
        return exitCode;
    }
}
