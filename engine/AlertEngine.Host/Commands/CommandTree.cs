using System.CommandLine;
using AlertEngine.Host.Commands.Orders;
using AlertEngine.Host.Commands.Usage;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary>All commands of the program. Each stands in a file of its own.</summary>
internal static class CommandTree
{
    /// <summary>The commands, with help in a language; without one in that of the environment.</summary>
    public static RootCommand Create(Words? language = null)
    {
        Words words = language ?? Words.From(null);
        RootCommand root = new(words.OfCommand(
            "接入传感器、视频与无人机事件，产出一次且正确的告警与工单。\n\n不带命令：回放随程序提供的示例日，并说明产出了什么、为什么。",
            "Sensor, video and drone events in; the right alert once and the right work order out.\n\nWithout a command: replays the sample day that ships with the program and tells what came out and why.",
            "--lang zh", "rules test rules/packs"))
        {
            ReplayCommand.Create(words),
            RunCommand.Create(words),
            TopicsCommand.Create(words),
            LanesCommand.Create(words),
            PublishCommand.Create(words),
            OrdersCommand.Create(words),
            DeadLettersCommand.Create(words),
            CelCommand.Create(words),
            RulesCommand.Create(words),
            CityCommand.Create(words),
            SharedOptions.Language,
            SharedOptions.Format,
        };
        HelpPage.AddTo(root, words);
        root.SetAction((parsed, cancellation) => SampleDayCommand.RunAsync(
            Words.From(parsed.GetValue(SharedOptions.Language)), parsed.GetValue(SharedOptions.Format) == "json", cancellation));
        return root;
    }
}
