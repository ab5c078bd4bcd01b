using System.CommandLine;
using AlertEngine.Host.Commands.Orders;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary>All commands of the program. Each stands in a file of its own.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        RootCommand root = new("Sensor, video and drone events in; the right alert once and the right work order out.\n\nWithout a command: replays the sample day that ships with the program and tells what came out and why.")
        {
            ReplayCommand.Create(),
            RunCommand.Create(),
            TopicsCommand.Create(),
            LanesCommand.Create(),
            PublishCommand.Create(),
            OrdersCommand.Create(),
            DeadLettersCommand.Create(),
            CelCommand.Create(),
            RulesCommand.Create(),
            CityCommand.Create(),
            SharedOptions.Language,
            SharedOptions.Format,
        };
        root.SetAction((parsed, cancellation) => SampleDayCommand.RunAsync(
            Words.From(parsed.GetValue(SharedOptions.Language)), parsed.GetValue(SharedOptions.Format) == "json", cancellation));
        return root;
    }
}
