using System.Collections.Immutable;
using AlertEngine.Rules.Cel;
using AlertEngine.Rules.Files.Shapes;
using AlertEngine.Rules.Files.Yaml;

namespace AlertEngine.Rules.Files.Diagnostics;

/// <summary>
/// Collects findings and puts them in order: by file as the files were given, then by place. A second error at the same place is an echo of
/// the first and is left out. At most <see cref="Limit"/> errors and as many warnings are kept, so that
/// no crowd of warnings hides an error. Not thread-safe.
/// </summary>
public sealed class DiagnosticBag
{
    /// <summary>Nobody reads more, and a broken generator must not fill the memory.</summary>
    public const int Limit = 1_000;

    private readonly List<(int File, int Offset, int Order, RuleDiagnostic Diagnostic)> _found = [];
    private readonly Dictionary<string, int> _fileOrder = new(StringComparer.Ordinal);
    private readonly HashSet<(string File, int Offset)> _errorPlaces = [];

    private readonly List<(string File, TextSpan Span)> _covered = [];
    private int _warnings;

    /// <summary>Whether an error was found.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>How many errors were found.</summary>
    public int ErrorCount => _errorPlaces.Count;

    /// <summary>Declares a file, so that its findings stand in the order of the files, whatever is checked first.</summary>
    public void Declare(SourceText source) => _fileOrder.TryAdd(source.Name, _fileOrder.Count);

    /// <summary>A finding of a file code.</summary>
    /// <param name="code">What was found. Its title is the Chinese message.</param>
    /// <param name="source">The file.</param>
    /// <param name="span">The place.</param>
    /// <param name="messageEn">The message in English, with the particulars.</param>
    /// <param name="fix">What to write instead; null where it is not known.</param>
    /// <param name="replacement">The text that would replace the place; null where there is no plain replacement.</param>
    public void Report(DiagnosticCode code, SourceText source, TextSpan span, string messageEn, (string Zh, string En)? fix = null, string? replacement = null) =>
        Add(source, span.Start, Place(source, span) with
        {
            Code = code.Code,
            Severity = code.Severity,
            MessageZh = code.Title.Zh,
            MessageEn = messageEn,
            Fix = fix?.En,
            FixZh = fix?.Zh,
            Replacement = replacement,
        });

    /// <summary>A finding at a name that leads nowhere, with the one that was probably meant; null where none comes near.</summary>
    internal void ReportNear(DiagnosticCode code, SourceText source, TextSpan span, string messageEn, string? near) =>
        Report(code, source, span, messageEn, near is null ? null : ShapeChecker.DidYouMean(near), near);

    /// <summary>A finding whose place explains everything else that is found there: later findings within it are left out.</summary>
    public void ReportCovering(DiagnosticCode code, SourceText source, TextSpan span, string messageEn, (string Zh, string En)? fix = null)
    {
        Report(code, source, span, messageEn, fix);
        _covered.Add((source.Name, span));
    }

    /// <summary>A finding of the expression compiler, mapped to its place in the file.</summary>
    public void Report(CelDiagnostic finding, SourceText source, TextSpan span) =>
        Add(source, span.Start, Place(source, span) with
        {
            Code = finding.Code,
            Severity = finding.Severity == CelSeverity.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            MessageZh = finding.MessageZh,
            MessageEn = finding.MessageEn,
            Fix = finding.FixEn,
            FixZh = finding.FixZh,
            Replacement = finding.Replacement,
        });

    /// <summary>The findings in order.</summary>
    public ImmutableArray<RuleDiagnostic> ToOrdered() =>
        [.. _found.OrderBy(found => found.File).ThenBy(found => found.Offset).ThenBy(found => found.Order).Select(found => found.Diagnostic)];

    /// <summary>Takes over what another bag found in a file.</summary>
    internal void AddAll(DiagnosticBag other, SourceText source)
    {
        foreach ((_, int offset, _, RuleDiagnostic diagnostic) in other._found)
            Add(source, offset, diagnostic);
        _covered.AddRange(other._covered);
    }

    private void Add(SourceText source, int offset, RuleDiagnostic diagnostic)
    {
        if (_covered.Exists(covered => covered.File == source.Name && offset >= covered.Span.Start && offset < covered.Span.Until))
            return;
        if (diagnostic.IsError)
        {
            HasErrors = true;
            if (!_errorPlaces.Add((source.Name, offset)))
                return;
        }

        Declare(source);
        int kept = diagnostic.IsError ? _errorPlaces.Count - 1 : _warnings++;
        if (kept < Limit)
            _found.Add((_fileOrder[source.Name], offset, _found.Count, diagnostic));
    }

    private static RuleDiagnostic Place(SourceText source, TextSpan span)
    {
        (int line, int column) = source.PositionOf(span.Start);
        int endOfLine = source.EndOfLine(line);
        return new RuleDiagnostic
        {
            File = source.Name,
            Line = line,
            Column = column,
            Length = Math.Max(0, Math.Min(span.Until, endOfLine) - span.Start),
            LineText = source.Line(line),
            Code = "",
            Severity = DiagnosticSeverity.Error,
            MessageZh = "",
            MessageEn = "",
        };
    }
}
