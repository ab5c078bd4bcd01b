using System.CommandLine;
using AlertEngine.Connectors.Sql;
using AlertEngine.Engine.Lanes.Replay;
using AlertEngine.Host.Replay;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary><c>replay</c>: the whole pipeline on files.</summary>
internal static class ReplayCommand
{
    public static Command Create(Words words)
    {
        Option<string[]> events = new("--events") { Description = words.Of("事件文件：CloudEvents 的 NDJSON，或 --mapping 所能读的；.gz 可直接读", "Event files: NDJSON of CloudEvents, or what --mapping reads; .gz is read as it is."), Required = true, AllowMultipleArgumentsPerToken = true };
        Option<string[]> commands = new("--commands") { Description = words.Of("命令与反馈的文件：与 city.commands.v1 相同的 CloudEvents NDJSON，按其时间生效", "Files of commands and feedback: NDJSON of CloudEvents as on city.commands.v1. They take effect at their times."), AllowMultipleArgumentsPerToken = true };
        Option<string?> mapping = new("--mapping") { Description = words.Of("映射文件，或现成映射（connectors/mappings）的名称，用于不是 CloudEvents 的事件", "A mapping file, or the name of a ready one (connectors/mappings), for events that are not CloudEvents.") };
        Option<string[]> rules = new("--rules") { Description = words.Of("规则文件或文件夹（其中所有 *.rules.yaml）", "Rule files or folders (every *.rules.yaml in them)."), AllowMultipleArgumentsPerToken = true };
        Option<string?> city = new("--city") { Description = words.Of("城市文件；没有时接受任何区与单位", "The city file. Without it every district and unit is accepted.") };
        Option<string> output = new("--out") { Description = words.Of("输出的文件夹", "Where the outputs go."), DefaultValueFactory = _ => "./out" };
        Option<bool> strict = new("--strict") { Description = words.Of("有死信时退出码为 1", "Exit with 1 where there are dead letters.") };
        LogOptions logging = new(words, "text", "none");
        Command command = new("replay", words.OfCommand("把事件文件送过整条流水线；中断后再次运行即接着进行。", "Replays event files through the pipeline; run again after a crash, it goes on.",
            "replay --events day.ndjson --rules rules/packs/water --city rules/packs/nanjing/city.yaml --out out"))
        {
            events, commands, mapping, rules, city, output, strict, logging.Format, logging.Level, SharedOptions.Language, SharedOptions.Format,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new ReplayRequest
            {
                Events = [.. parsed.GetValue(events) ?? []],
                Commands = [.. parsed.GetValue(commands) ?? []],
                Mapping = parsed.GetValue(mapping),
                Rules = [.. parsed.GetValue(rules) ?? []],
                City = parsed.GetValue(city),
                Out = parsed.GetValue(output)!,
                Log = logging.Read(parsed, ReplayRequest.Quiet),
            },
            new ReplayShow(Words.From(parsed.GetValue(SharedOptions.Language)), parsed.GetValue(SharedOptions.Format) == "json", parsed.GetValue(strict)),
            cancellation));
        return command;
    }

    /// <summary>Runs a replay and shows what came of it.</summary>
    public static async Task<int> RunAsync(ReplayRequest request, ReplayShow show, CancellationToken cancellation)
    {
        try
        {
            ReplayComposition composition = ReplayComposition.Create(request, Console.Error);
            if (request.City is null)
                Console.Error.WriteLine(show.Words.Of("没有城市文件：接受所有区和单位", "no city file: every district and unit is accepted"));
            ReplaySummary summary;
            using (ProgressLine progress = new(composition.TotalBytes, TimeProvider.System, show.Words))
                summary = await composition.RunAsync(progress, TimeProvider.System, cancellation).ConfigureAwait(false);
            show.Write(summary, composition, Console.Out);
            return show.IsStrict && summary.Tally.DeadLetters.Count != 0 ? ExitCodes.Findings : ExitCodes.Done;
        }
        catch (ReplayRefusedException refused)
        {
            Console.Error.WriteLine(refused.Message);
            return refused.ExitCode;
        }
        catch (JournalInUseException fault)
        {
            Console.Error.WriteLine(show.Words.Of(fault.Text));
            return ExitCodes.World;
        }
        catch (ReplayFailedException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return ExitCodes.World;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(show.Words.Of("已中断；再次运行将从中断处继续", "interrupted; run it again and it goes on"));
            return ExitCodes.Interrupted;
        }
    }
}
