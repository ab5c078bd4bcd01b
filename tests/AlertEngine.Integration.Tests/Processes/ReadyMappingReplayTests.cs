using AlertEngine.Testing.Services;
using Xunit;

namespace AlertEngine.Integration.Tests.Processes;

/// <summary>Goal: a file that another wrote becomes alerts by the name of a ready mapping. Method: the program itself, on official warnings with an update and a cancellation.</summary>
public sealed class ReadyMappingReplayTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_warning_ends_with_the_expiry_of_its_update_and_gives_the_mode_back_when_it_is_less_grave()
    {
        // CAP 1.1, then 1.2: orange until 14:00; at 12:00 yellow until 15:00; a cancellation without any area, which nobody can place.
        string events = Path.Combine(Checkout.Root, "tests", "AlertEngine.Connectors.Tests", "Reading", "cap", "lifecycle.xml");
        Ending ending = await EngineProcess.RunInAsync(_folder.Path, "replay", "--events", events, "--mapping", "cap", "--out", _folder.File("out"),
            "--rules", Path.Combine(Checkout.Root, "rules", "packs", "shared"), Path.Combine(Checkout.Root, "rules", "packs", "official"), "--city", Path.Combine(Checkout.Root, "rules", "packs", "nanjing", "city.yaml"));
        Assert.Equal(0, ending.ExitCode);

        var files = new ReplayFiles(_folder.File("out"));
        var cleared = files.Messages("alerts.ndjson").Single(message => message.GetProperty("type").GetString() == "city.alert.cleared.v1").GetProperty("data");
        Assert.Equal(("320115", "expired", "2026-07-02T07:00:00Z"), (cleared.GetProperty("district").GetString(), cleared.GetProperty("clearReason").GetString(), cleared.GetProperty("clearedAt").GetString()));
        Assert.Equal(
            ["emergency 2026-07-02T02:00:05Z", "normal 2026-07-02T04:00:05Z"],
            files.Messages("notifications.ndjson").Select(message => $"{message.GetProperty("subject")} {message.GetProperty("time")}"));
        Assert.Equal("mapping-failed", files.Messages("deadletters.ndjson").Single().GetProperty("data").GetProperty("__alertengine").GetProperty("errors").GetProperty("code").GetString());
    }

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
