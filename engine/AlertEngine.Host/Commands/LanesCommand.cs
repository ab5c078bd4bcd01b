using System.CommandLine;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.Ownership;

namespace AlertEngine.Host.Commands;

/// <summary><c>lanes status</c>: what each lane last said of itself.</summary>
internal static class LanesCommand
{
    public static Command Create() => new("lanes", "The lanes: who owns which, how far it has come, why one does not run.") { Status() };

    private static Command Status()
    {
        var cluster = new ClusterOptions();
        var command = new Command("status",
            "Shows the newest heartbeat of every lane; exits 1 where one does not run.\n\nExample:\n  alertengine lanes status --bootstrap 127.0.0.1:9092 --format json")
        {
            cluster.Bootstrap, cluster.Config, SharedOptions.Format, SharedOptions.Language,
        };
        command.SetAction((parsed, cancellation) => cluster.RunOnClusterAsync(parsed, async (clients, _) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var lanes = await LaneHeartbeats.ReadAsync(clients, cancellation).ConfigureAwait(false);
            foreach (var lane in lanes)
                output.WriteLine(parsed.GetValue(SharedOptions.Format) == "json" ? JsonSerializer.Serialize(lane, JsonSerializerOptions.Web) : TextOf(lane));
            return lanes.All(lane => lane.State == "running") ? ExitCodes.Done : ExitCodes.Findings;
        }));
        return command;
    }

    private static string TextOf(LaneHeartbeat lane) =>
        $"lane {lane.Lane,-3} {lane.State,-11} owner {lane.Owner}, batch {lane.Batch}, watermark {(lane.Watermark.Length == 0 ? "-" : lane.Watermark)}, lag {lane.Lag}, backlog {lane.Backlog}, {(lane.Undeliverable == 0 ? "" : $"undeliverable {lane.Undeliverable}, ")}said at {lane.At}{(lane.Reason.Length == 0 ? "" : $"\n         {lane.Reason}")}";
}
