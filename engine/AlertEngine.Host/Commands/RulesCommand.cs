using System.CommandLine;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules</c>: what ops teams do with rule files.</summary>
internal static class RulesCommand
{
    public static Command Create() => new("rules", "Rule files: what ops teams do with them.")
    {
        RulesCheckCommand.Create(),
        RulesFormatCommand.Create(),
        RulesSchemaCommand.Create(),
        RulesDefaultsCommand.Create(),
        RulesTestCommand.Create(),
    };
}
