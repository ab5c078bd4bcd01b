using System.Text.RegularExpressions;

namespace AlertEngine.Rules.Files.Compile;

/// <summary>
/// The columns of <c>device</c> that rules mention. Without a registry nobody knows which columns there are, and rules must still load, so that
/// they can be tested alone: a column that is mentioned is taken for one whose values are not known before they are read.
/// </summary>
internal static partial class MentionedColumns
{
    public static IEnumerable<string> Of(IEnumerable<RuleFile> files) =>
        files.SelectMany(file => Mention().Matches(file.Source.Text)).Select(match => match.Groups["column"].Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"(?<![\w.])device\.\??(?<column>[A-Za-z_]\w*)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Mention();
}
