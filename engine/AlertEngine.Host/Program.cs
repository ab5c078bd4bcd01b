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

// A clean stop of `run` publishes what is persisted; two seconds, the default, can be too short for that.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
