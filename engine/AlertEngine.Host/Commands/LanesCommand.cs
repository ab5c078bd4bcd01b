using System.CommandLine;
using System.Text.Json;
using AlertEngine.Connectors.Kafka.Ownership;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary><c>lanes status</c>: what each lane last said of itself; <c>lanes resume</c>.</summary>
internal static class LanesCommand
{
    public static Command Create(Words words) => new("lanes",
        words.OfCommand("通道：归谁，到哪里，为何不运行。", "The lanes: who owns which, how far it has come, why one does not run.", "lanes status --bootstrap 127.0.0.1:9092"))
    {
        Status(words), LaneResume.Create(words),
    };

    private static Command Status(Words words)
    {
        var cluster = new ClusterOptions(words);
        var command = new Command("status",
            words.OfCommand("显示每条通道最近的心跳；有通道未运行时退出码为 1。", "Shows the newest heartbeat of every lane; exits 1 where one does not run.", "lanes status --bootstrap 127.0.0.1:9092 --format json"))
        {
            cluster.Bootstrap, cluster.Config, SharedOptions.Format, SharedOptions.Language,
        };
        command.SetAction((parsed, cancellation) => cluster.RunOnClusterAsync(parsed, async (clients, _) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var lanes = await LaneHeartbeats.ReadAsync(clients, cancellation).ConfigureAwait(false);
            foreach (var lane in lanes)
                output.WriteLine(parsed.GetValue(SharedOptions.Format) == "json" ? JsonSerializer.Serialize(lane, JsonSerializerOptions.Web) : TextOf(lane, Words.Of(parsed)));
            return lanes.All(lane => lane.State == "running") ? ExitCodes.Done : ExitCodes.Findings;
        }));
        return command;
    }

    private static string TextOf(LaneHeartbeat lane, Words words)
    {
        string watermark = lane.Watermark.Length == 0 ? "-" : lane.Watermark, reason = Below(lane.Reason) + Below(lane.Remedy);
        string refused = lane.Undeliverable == 0 ? "" : words.Of($"无法投递 {lane.Undeliverable}，", $"undeliverable {lane.Undeliverable}, ");
        return words.Of(
            $"通道 {lane.Lane,-3} {ZhOf(lane.State),-6} 属于 {lane.Owner}，批次 {lane.Batch}，水位 {watermark}，未读 {lane.Lag}，未发布 {lane.Backlog}，{refused}报告于 {lane.At}{reason}",
            $"lane {lane.Lane,-3} {lane.State,-11} owner {lane.Owner}, batch {lane.Batch}, watermark {watermark}, lag {lane.Lag}, backlog {lane.Backlog}, {refused}said at {lane.At}{reason}");
    }

    private static string Below(string text) => text.Length == 0 ? "" : $"\n         {text}";

    private static string ZhOf(string state) => state switch
    {
        "recovering" => "恢复中",
        "running" => "运行",
        "restarting" => "重启中",
        "halted" => "已停住",
        "stopped" => "已停止",
        _ => state,
    };
}
