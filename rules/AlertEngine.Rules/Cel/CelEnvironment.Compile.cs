using System.Collections.Concurrent;
using System.Collections.Immutable;
using AlertEngine.Rules.Cel.Checking;
using AlertEngine.Rules.Cel.Syntax;

namespace AlertEngine.Rules.Cel;

/// <content>From a source to an expression, or to the first thing that is wrong with it.</content>
public sealed partial class CelEnvironment
{
    // Parsed macros, by source. Bounded by the macros declared: an environment has a few dozen.
    private readonly ConcurrentDictionary<string, CelSyntax> _parsedMacros = new(StringComparer.Ordinal);

    /// <summary>Parses, checks and measures an expression. Never throws on any source.</summary>
    /// <param name="source">The expression.</param>
    /// <param name="expected">The type that is wanted of it; null: any.</param>
    public CelCompilation Compile(string source, CelType? expected = null) => Compile(source, expected, true, true);

    /// <summary>Only the syntax: what is wrong with it, or nothing. For macros, whose names are known only where they are used.</summary>
    public ImmutableArray<CelDiagnostic> CheckSyntax(string source)
    {
        try
        {
            CelParser.Parse(source, Limits);
            return [];
        }
        catch (CelRefusal refusal)
        {
            return [refusal.Diagnostic];
        }
    }

    internal CelCompilation Compile(string source, CelType? expected, bool isChecked, bool hasMacros)
    {
        try
        {
            var tree = Checker.Check(this, CelParser.Parse(source, Limits, hasMacros), isChecked);
            if (expected is not null)
                RequireType(tree, expected, source);
            CostEstimate.Require(tree.Root, Limits);
            return new CelCompilation(new CelExpression(source, tree), isChecked ? Lint.Findings(tree.Root, expected, Present) : []);
        }
        catch (CelRefusal refusal)
        {
            return new CelCompilation(null, [refusal.Diagnostic]);
        }
    }

    internal CelSyntax ParsedMacro(MacroDeclaration macro, CelSpan place)
    {
        if (_parsedMacros.TryGetValue(macro.Source, out var known))
            return known;
        try
        {
            return _parsedMacros[macro.Source] = CelParser.Parse(macro.Source, Limits);
        }
        catch (CelRefusal refusal)
        {
            var (en, zh) = (refusal.Diagnostic.MessageEn, refusal.Diagnostic.MessageZh);
            throw new CelRefusal(CelCodes.MacroBroken.At(place, $"macro '{macro.Name}': {en}", $"宏 '{macro.Name}'：{zh}"));
        }
    }

    private static void RequireType(CheckedTree tree, CelType expected, string source)
    {
        var type = tree.Root.Type;
        if (!new Unifier().Agree(expected, type))
        {
            throw new CelRefusal(CelCodes.WrongResult.At(new CelSpan(0, source.Length),
                $"the expression gives {type}, {expected} is wanted here", $"此处需要 {expected}，表达式的结果是 {type}"));
        }
    }
}
