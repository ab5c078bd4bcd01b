using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Diagnostics;
using AlertEngine.Rules.Files.Yaml;
using AlertEngine.Rules.Matching;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>Compiles titles.</summary>
internal static class TitleCompiler
{
    /// <summary>The title in both languages; one that is not given is the other's. Null where something is wrong, which is reported.</summary>
    public static TitlePlan? Compile(RuleContext rule, Expressions names) => Compile(rule, names, rule.Node.Find("title"), "a title");

    /// <summary>Another text for people with expressions in it.</summary>
    public static TitlePlan? Compile(RuleContext rule, Expressions names, YamlNode? node, string what)
    {
        YamlScalar? both = node as YamlScalar;
        YamlMapping? parts = node as YamlMapping;
        ImmutableArray<TitlePart>? zh = Parts(rule, names, both ?? parts?.LocalPart("zh"));
        ImmutableArray<TitlePart>? en = both is null ? Parts(rule, names, parts?.LocalPart("en")) : null;
        bool isFine = both is not null ? zh is not null : (zh is not null || parts?.LocalPart("zh") is null) && (en is not null || parts?.LocalPart("en") is null);
        if (isFine && (zh ?? en) is { } some)
            return new TitlePlan(zh ?? some, en ?? some);
        if (isFine && node is not null)
            rule.Report(FileCodes.MissingKey, node, $"{what} needs 'zh' or 'en'");
        return null;
    }

    private static ImmutableArray<TitlePart>? Parts(RuleContext rule, Expressions names, YamlScalar? scalar)
    {
        if (scalar is null)
            return null;
        (List<TitlePiece> pieces, int faultAt, string? fault) = TitleParser.Parse(scalar.Value);
        if (fault is not null)
        {
            rule.Diagnostics.Report(FileCodes.BadTitle, rule.Source, ScalarMap.Locate(rule.Source, scalar, faultAt, 1), fault);
            return null;
        }

        ImmutableArray<TitlePart?> parts = [.. pieces.Select(piece => Part(rule, names, scalar, piece))];
        return parts.Contains(null) ? null : [.. parts.OfType<TitlePart>()];
    }

    private static TitlePart? Part(RuleContext rule, Expressions names, YamlScalar scalar, TitlePiece piece)
    {
        if (piece.Literal is not null)
            return new TitlePart(piece.Literal, null, null, false);
        if (string.IsNullOrWhiteSpace(scalar.Value.Substring(piece.Start, piece.Length)))
        {
            rule.Diagnostics.Report(FileCodes.BadTitle, rule.Source, ScalarMap.Locate(rule.Source, scalar, piece.Start - 1, 1), "nothing stands between the braces");
            return null;
        }

        return names.CompileShown(scalar, piece.Start, piece.Length) is { } value
            ? new TitlePart(null, value.ToFunction(), piece.Format, names.IsSensitive(value))
            : null;
    }
}
