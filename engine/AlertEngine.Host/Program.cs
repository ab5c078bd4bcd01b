using System.Collections.Immutable;
using System.CommandLine;
using AlertEngine.Host;
using AlertEngine.Host.Commands;
using AlertEngine.Host.Commands.Usage;
using AlertEngine.Host.Reports;

Words words = Words.Of(args);
RootCommand root = CommandTree.Create(words);
ParseResult parsed = root.Parse(args);
ImmutableArray<string> faults = UsageFaults.Of(parsed, words);
if (!faults.IsEmpty)
{
    foreach (string fault in faults)
        Console.Error.WriteLine(fault);
    Console.Error.WriteLine(words.Of(
        "alertengine --help 列出所有命令；alertengine 命令 --help 给出示例。", "alertengine --help lists the commands; alertengine COMMAND --help shows an example."));
    return ExitCodes.Usage;
}

// A clean stop of `run` publishes what is persisted and bounds itself (Time:Stop); two seconds, the default, would cut it short.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
