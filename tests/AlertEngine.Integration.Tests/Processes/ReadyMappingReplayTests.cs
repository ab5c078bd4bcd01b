using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>Goal: a file that another wrote becomes alerts by the name of a ready mapping. Method: the program itself, on official warnings with an update and a cancellation.</summary>
public sealed class ReadyMappingReplayTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_warning_through_its_update_and_cancellation_is_one_alert_a_district()
    {
        string events = Path.Combine(Checkout.Root, "tests", "AlertEngine.Connectors.Tests", "Reading", "cap", "rainstorm.xml");
        Ending ending = await EngineProcess.RunInAsync(_folder.Path, "replay", "--events", events, "--mapping", "cap", "--out", _folder.File("out"),
            "--rules", Path.Combine(Checkout.Root, "rules", "packs", "shared"), Path.Combine(Checkout.Root, "rules", "packs", "official"), "--city", Path.Combine(Checkout.Root, "rules", "packs", "nanjing", "city.yaml"));
        Assert.Equal(0, ending.ExitCode);

        var files = new ReplayFiles(_folder.File("out"));
        Assert.Equal(6, files.Count("events"));
        Assert.Equal(
            ["320100-JBXQ opened orange", "320100-JBXQ updated red", "320115 opened orange", "320115 updated red", "320115 cleared red", "320115 opened yellow"],
            files.Messages("alerts.ndjson").Select(message => $"{message.GetProperty("data").GetProperty("district")} {message.GetProperty("type").GetString()!.Split('.')[2]} {message.GetProperty("data").GetProperty("severity")}")
                .OrderBy(line => line.Split(' ')[0], StringComparer.Ordinal));
    }
}
