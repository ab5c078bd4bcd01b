using System.CommandLine;
using AlertEngine.Host;
using AlertEngine.Host.Commands;

RootCommand root = CommandTree.Create();
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count != 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("alertengine --help lists the commands; alertengine COMMAND --help shows an example.");
    return ExitCodes.Usage;
}

// A clean stop of `run` publishes what is persisted and bounds itself (Time:Stop); two seconds, the default, would cut it short.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(5) });
