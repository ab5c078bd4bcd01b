using System.Diagnostics;
using System.Globalization;

namespace AlertEngine.Testing.Services;

/// <summary>Signals to a process and its children, by their ids.</summary>
public static class Signals
{
    /// <summary>SIGKILL to all of them; returns when they are gone, because what starts anew must not meet what is still dying.</summary>
    public static async Task KillAsync(int id)
    {
        int[] family = [.. FamilyOf(id)];
        await SendAsync("KILL", family);
        while (family.Any(Lives))
            await PassAsync(TimeSpan.FromMilliseconds(5));
    }

    /// <summary>SIGSTOP to all of them: they sleep, and nothing of what they hold is given back.</summary>
    public static Task StopAsync(int id) => SendAsync("STOP", [.. FamilyOf(id)]);

    /// <summary>SIGCONT: they wake.</summary>
    public static Task ContinueAsync(int id) => SendAsync("CONT", [.. FamilyOf(id)]);

    /// <summary>Waits without blocking; real processes need real time.</summary>
    public static async Task PassAsync(TimeSpan span)
    {
        using PeriodicTimer timer = new(span);
        await timer.WaitForNextTickAsync();
    }

    private static async Task SendAsync(string signal, int[] family)
    {
        string[] ids = [.. family.Select(one => one.ToString(CultureInfo.InvariantCulture))];
        using Process kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", .. ids]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }

    private static IEnumerable<int> FamilyOf(int id)
    {
        yield return id;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int child) && ParentOf(child) == id)
                yield return child;
        }
    }

    private static bool Lives(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int ParentOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }
}
