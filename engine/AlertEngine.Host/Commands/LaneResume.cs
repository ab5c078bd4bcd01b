using System.CommandLine;
using AlertEngine.Connectors.Kafka;
using AlertEngine.Connectors.Kafka.Ownership;
using AlertEngine.Host.Reports;
using NodaTime;
using NodaTime.Text;

namespace AlertEngine.Host.Commands;

/// <summary><c>lanes resume N</c>: a person's decision about a halted lane, put where its owner finds it.</summary>
internal static class LaneResume
{
    public static Command Create(Words words)
    {
        var cluster = new ClusterOptions(words);
        Argument<int> lane = new("N") { Description = words.Of("通道号", "The lane.") };
        Option<bool> rewind = new("--accept-rewind") { Description = words.Of("日志库已由备份恢复：从已发布的编号之后继续，备份之后的内容以新的运行号重发", "The journal was put back: number on above what was published and send again, as a run of its own, what came after the backup.") };
        Option<bool> recreated = new("--accept-recreated") { Description = words.Of("输入主题被重建：从头读取", "An input topic was created anew: read it from its beginning.") };
        var command = new Command("resume",
            words.OfCommand("对停住的通道作出决定。决定只对 'lanes status' 所示的这一次有效；通道在数秒内继续，或在其引擎启动时继续。",
                "Decides about a halted lane. The decision holds for the halt that 'lanes status' shows, and for no later one; the lane goes on within seconds, or when its engine is started.",
                "lanes resume 3 --accept-rewind --bootstrap 127.0.0.1:9092"))
        {
            lane, rewind, recreated, cluster.Bootstrap, cluster.Config, SharedOptions.Language,
        };
        command.SetAction((parsed, cancellation) => cluster.RunOnClusterAsync(parsed, (clients, _) =>
            DecideAsync(clients, parsed.GetValue(lane), AcceptedOf(parsed.GetValue(rewind), parsed.GetValue(recreated)), parsed, cancellation)));
        return command;
    }

    private static string? AcceptedOf(bool rewind, bool recreated) => (rewind, recreated) switch
    {
        (true, false) => "rewind",
        (false, true) => "recreated",
        _ => null,
    };

    private static async Task<int> DecideAsync(KafkaClients clients, int lane, string? accepted, ParseResult parsed, CancellationToken cancellation)
    {
        var error = parsed.InvocationConfiguration.Error;
        var words = Words.Of(parsed);
        if (accepted is null)
        {
            error.WriteLine(words.Of("请说明接受什么：--accept-rewind 或 --accept-recreated", "say what you accept: --accept-rewind or --accept-recreated"));
            return ExitCodes.Usage;
        }

        var heartbeat = (await LaneHeartbeats.ReadAsync(clients, cancellation).ConfigureAwait(false)).FirstOrDefault(heartbeat => heartbeat.Lane == lane);
        if (heartbeat is not { State: "halted" })
        {
            error.WriteLine(heartbeat is null
                ? words.Of($"通道 {lane} 尚未报告过", $"lane {lane} has said nothing yet")
                : words.Of($"通道 {lane} 状态为 {heartbeat.State}：无需决定", $"lane {lane} is {heartbeat.State}: there is nothing to decide about"));
            return ExitCodes.Findings;
        }

        if (heartbeat.Cause != accepted)
        {
            error.WriteLine($"{words.Of($"通道 {lane} 因其他原因停住", $"lane {lane} halted for another reason")}: {heartbeat.Reason}\n{heartbeat.Remedy}");
            return ExitCodes.Findings;
        }

        await new LaneDecisions(clients).WriteAsync(new LaneDecision
        {
            Lane = lane,
            Accepts = accepted,
            Halt = heartbeat.Reason,
            Actor = Environment.UserName,
            DecidedAt = InstantPattern.General.Format(SystemClock.Instance.GetCurrentInstant()),
        }).ConfigureAwait(false);
        parsed.InvocationConfiguration.Output.WriteLine($"{words.Of($"通道 {lane} 已接受 {accepted}", $"accepted {accepted} for lane {lane}")}: {heartbeat.Reason}");
        return ExitCodes.Done;
    }
}
