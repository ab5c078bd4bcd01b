using System.Diagnostics;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>What a run of the program left.</summary>
internal sealed record Ending(int ExitCode, string Output, string Error);

/// <summary>The program, started as people start it: another process, another folder, nothing shared but files.</summary>
internal static class Alertengine
{
    /// <summary>Of a process that was ended by SIGKILL.</summary>
    public const int KilledExitCode = 128 + 9;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "alertengine.dll");

    /// <summary>Starts it with its output redirected.</summary>
    public static Process Start(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<Ending> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        using Process process = Start(folder, arguments);
        return await EndAsync(process);
    }

    /// <summary>Waits for the end of a process, however it comes.</summary>
    public static async Task<Ending> EndAsync(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ending(process.ExitCode, output, await error);
    }
}
