using System.CommandLine;
using AlertEngine.Host.Reports;

namespace AlertEngine.Host.Commands;

/// <summary><c>rules</c>: what ops teams do with rule files.</summary>
internal static class RulesCommand
{
    public static Command Create(Words words) => new("rules", words.OfCommand("规则文件：运维人员的工作。", "Rule files: what ops teams do with them.", "rules check rules/packs/shared rules/packs/water"))
    {
        RulesCheckCommand.Create(words),
        RulesFormatCommand.Create(words),
        RulesSchemaCommand.Create(words),
        RulesDefaultsCommand.Create(words),
        RulesTestCommand.Create(words),
    };
}
