using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using AlertEngine.Host.Reports;
using AlertEngine.Rules.Cel;

namespace AlertEngine.Host.Commands.Usage;

/// <summary>
/// What is wrong with a command line, all of it at once, in the reader's language. A mistyped option is told as such with the nearest that exists, also
/// where it stands in the place of a file or of another option's value: a file of that name is missing, but that is not what was meant.
/// </summary>
internal static partial class UsageFaults
{
    /// <summary>The faults; none where the command may run.</summary>
    public static ImmutableArray<string> Of(ParseResult parsed, Words words)
    {
        if (parsed.Action is HelpPage)
            return [];
        CommandResultPath path = new(parsed.CommandResult);
        string[] known = [.. path.Options.SelectMany(option => option.Aliases.Append(option.Name))];
        List<string> faults = [.. Swallowed(parsed, known, words)];
        faults.AddRange(Unmatched(parsed, path.Command, known, isExplained: faults.Count != 0, words));
        faults.AddRange(Missing(parsed, path, words));
        faults.AddRange(parsed.Errors.Select(error => WrongValue(error, words)).OfType<string>());
        // What none of these tells is told as the parser has it.
        return faults.Count == 0 ? [.. parsed.Errors.Select(error => error.Message)] : [.. faults.Distinct()];
    }

    [GeneratedRegex("^--?[A-Za-z][A-Za-z0-9-]*(=.*)?$")]
    private static partial Regex LooksLikeOption();

    /// <summary>
    /// What looks like an option but was taken for the value of an argument or of an option. An expression may well begin with a minus, and behind
    /// <c>--</c> everything is a value.
    /// </summary>
    private static IEnumerable<string> Swallowed(ParseResult parsed, string[] known, Words words)
    {
        HashSet<string> values = [.. parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)];
        foreach (SymbolResult child in parsed.CommandResult.Children)
        {
            bool isText = child is ArgumentResult { Argument.Name: CelCommand.ExpressionName };
            foreach (string token in child.Tokens.Select(token => token.Value).Where(token => LooksLikeOption().IsMatch(token) && !values.Contains(token)))
            {
                if (child is OptionResult option && known.Contains(token))
                    yield return NoValue(option.Option.Name, words);
                else if (!isText || token.StartsWith("--", StringComparison.Ordinal))
                    yield return NoOption(token, known, words);
            }
        }
    }

    /// <summary>What the command has no place for. What follows an unknown option is likely its value, and what follows an unknown command is that one's.</summary>
    private static IEnumerable<string> Unmatched(ParseResult parsed, Command command, string[] known, bool isExplained, Words words)
    {
        foreach (string token in parsed.UnmatchedTokens)
        {
            bool isOption = LooksLikeOption().IsMatch(token);
            if (isOption)
                yield return NoOption(token, known, words);
            else if (!isExplained)
                yield return NoCommand(token, command, words);
            isExplained |= isOption || command.Subcommands.Count != 0;
        }
    }

    private static string NoOption(string token, IEnumerable<string> known, Words words)
    {
        string name = token.Split('=')[0];
        string? near = Suggestion.Nearest(name, known);
        return words.Of($"没有选项 '{name}'{(near is null ? "" : $"；是否想写 '{near}'？")}", $"there is no option '{name}'{(near is null ? "" : $"; did you mean '{near}'?")}");
    }

    private static string NoCommand(string token, Command command, Words words)
    {
        if (command.Subcommands.Count == 0)
            return words.Of($"'{token}' 多余", $"'{token}' is not expected here");
        string? near = Suggestion.Nearest(token, command.Subcommands.Select(one => one.Name));
        return words.Of($"没有命令 '{token}'{(near is null ? "" : $"；是否想写 '{near}'？")}", $"there is no command '{token}'{(near is null ? "" : $"; did you mean '{near}'?")}");
    }

    private static IEnumerable<string> Missing(ParseResult parsed, CommandResultPath path, Words words)
    {
        foreach (Option option in path.Command.Options.Where(option => option.Required && parsed.GetResult(option) is not { Implicit: false }))
            yield return words.Of($"缺少选项 {option.Name}", $"{option.Name} is required");
        foreach (Argument argument in path.Command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > (parsed.GetResult(argument)?.Tokens.Count ?? 0)))
            yield return words.Of($"缺少 {argument.Name}", $"{argument.Name} is required");
        if (path.Command is { Action: null, Subcommands.Count: > 0 } && parsed.UnmatchedTokens.Count == 0)
        {
            string names = string.Join(", ", path.Command.Subcommands.Select(one => one.Name));
            yield return words.Of($"{path.Name} 之后须有命令：{names}", $"{path.Name} wants a command: {names}");
        }
    }

    private static string? WrongValue(ParseError error, Words words)
    {
        OptionResult? result = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        if (result is null)
            return error.SymbolResult is ArgumentResult { Tokens.Count: > 0 } argument ? NotSo(argument.Argument.Name, argument.Tokens[^1].Value, argument.Argument.ValueType, [], words) : null;
        if (result.Implicit || result.Tokens.Any(token => LooksLikeOption().IsMatch(token.Value)))
            return null;
        string name = result.Option.Name;
        if (result.Tokens.Count == 0)
            return NoValue(name, words);
        return NotSo(name, result.Tokens[^1].Value, result.Option.ValueType, HelpPage.AcceptedBy(result.Option), words);
    }

    private static string NoValue(string name, Words words) => words.Of($"{name} 缺少值", $"{name} lacks its value");

    private static string NotSo(string name, string given, Type type, string[] accepted, Words words)
    {
        string zh = $"{name} 的值 '{given}' 不对", en = $"{name} cannot be '{given}'";
        if (accepted.Length != 0)
            return words.Of($"{zh}，可用：{string.Join(", ", accepted)}", $"{en}: one of {string.Join(", ", accepted)}");
        return type == typeof(int) ? words.Of($"{zh}：须为整数", $"{en}: a whole number") : words.Of(zh, en);
    }
}
