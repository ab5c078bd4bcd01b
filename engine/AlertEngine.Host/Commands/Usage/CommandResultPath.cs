using System.CommandLine;
using System.CommandLine.Parsing;

namespace AlertEngine.Host.Commands.Usage;

/// <summary>The command that was called, with the commands above it.</summary>
internal sealed class CommandResultPath
{
    private readonly List<Command> _commands = [];

    public CommandResultPath(CommandResult result)
    {
        for (SymbolResult? next = result; next is not null; next = next.Parent)
        {
            if (next is CommandResult command)
                _commands.Insert(0, command.Command);
        }
    }

    /// <summary>The command itself.</summary>
    public Command Command => _commands[^1];

    /// <summary>How it is called, from the program on.</summary>
    public string Name => string.Join(' ', _commands.Select((command, place) => place == 0 ? "alertengine" : command.Name));

    /// <summary>Its options, and those of the commands above that hold for all below.</summary>
    public IEnumerable<Option> Options =>
        Command.Options.Concat(_commands.SkipLast(1).SelectMany(command => command.Options.Where(option => option.Recursive))).Where(option => !option.Hidden).Distinct();
}
